import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Store

struct SQLiteLogSyncTests {
    /// A disk that is done when the test says so.
    private final class SlowDisk: Sendable {
        let began = DispatchSemaphore(value: 0)
        let mayEnd = DispatchSemaphore(value: 0)
        let failure = Mutex<SQLError?>(nil)
        let syncs = Mutex(0)

        func sync() -> SQLError? {
            syncs.withLock { $0 += 1 }
            began.signal()
            mayEnd.wait()
            return failure.withLock { $0 }
        }
    }

    private final class Told: Sendable {
        let answers = Mutex<[String]>([])
        let some = DispatchSemaphore(value: 0)

        func note(_ name: String) -> SQLiteLogSync.Completion {
            { failure in
                self.answers.withLock { $0.append(failure == nil ? name : "\(name) failed") }
                self.some.signal()
            }
        }
    }

    @Test func `who committed while a sync ran waits for the next one, together with the others`() {
        let disk = SlowDisk()
        let told = Told()
        let log = SQLiteLogSync(sync: { disk.sync() }, onFailure: { _ in })

        log.noteCommit()
        log.whenSynced(told.note("first"))
        disk.began.wait()
        for name in ["second", "third"] {
            log.noteCommit()
            log.whenSynced(told.note(name))
        }
        disk.mayEnd.signal()
        told.some.wait()
        #expect(told.answers.withLock { $0 } == ["first"])

        disk.began.wait()
        disk.mayEnd.signal()
        told.some.wait()
        told.some.wait()
        #expect(told.answers.withLock { $0 } == ["first", "second", "third"])
        #expect(disk.syncs.withLock { $0 } == 2)
    }

    @Test func `what is on the disk already is not synced again`() {
        let disk = SlowDisk()
        let told = Told()
        let log = SQLiteLogSync(sync: { disk.sync() }, onFailure: { _ in })

        log.whenSynced(told.note("nothing was ever written"))
        disk.mayEnd.signal()
        log.noteCommit()
        log.whenSynced(told.note("written"))
        for _ in 0..<2 { told.some.wait() }
        log.whenSynced(told.note("read"))
        told.some.wait()

        #expect(told.answers.withLock { $0 } == ["nothing was ever written", "written", "read"])
        #expect(disk.syncs.withLock { $0 } == 1)
    }

    @Test func `a commit that nobody waited for is on the disk with the next that somebody waits for`() {
        let disk = SlowDisk()
        let told = Told()
        let log = SQLiteLogSync(sync: { disk.sync() }, onFailure: { _ in })

        log.noteCommit()
        #expect(disk.syncs.withLock { $0 } == 0)
        disk.mayEnd.signal()
        log.whenSynced(told.note("later"))
        told.some.wait()

        #expect(disk.syncs.withLock { $0 } == 1)
    }

    @Test func `after a sync that failed nobody is told that all is well`() {
        let disk = SlowDisk()
        let told = Told()
        let log = SQLiteLogSync(sync: { disk.sync() }, onFailure: { _ in })
        disk.failure.withLock { $0 = .storageFailed("EIO") }

        disk.mayEnd.signal()
        log.noteCommit()
        log.whenSynced(told.note("first"))
        told.some.wait()
        disk.failure.withLock { $0 = nil }
        log.noteCommit()
        log.whenSynced(told.note("second"))
        told.some.wait()

        #expect(told.answers.withLock { $0 } == ["first failed", "second failed"])
        #expect(disk.syncs.withLock { $0 } == 1)
    }

    @Test func `a database whose log cannot be synced is not opened`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }  // It lies among the system's temporary files.

        #expect(throws: SQLError.self) { try SQLiteLogSync(database: folder.path + "/no.db") }
    }
}
