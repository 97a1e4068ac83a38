import Domain
import Testing

@testable import puente

@Suite struct DatabaseLockTests {
    @Test func `two do not hold the lock beside one database`() throws {
        let folder = try TemporaryFolder()
        let database = folder.file("puente.db")

        let lock = try DatabaseLock.take(beside: database, holder: LockHolder.server)
        let refusal = #expect(throws: PuenteError.self) {
            try DatabaseLock.take(beside: database, holder: "user add")
        }

        #expect(refusal?.code == .conflict)
        #expect(refusal?.detail == "database_in_use")
        #expect(refusal?.message.en.hasPrefix("The server (process ") == true)
        #expect(
            refusal?.message.en.hasSuffix(
                "is using the database \(database): stop it, run this command again, start it again.") == true)
        lock.release()
        #expect(throws: Never.self) { try DatabaseLock.take(beside: database, holder: "user add") }
    }

    @Test func `a command that holds the lock is named`() throws {
        let folder = try TemporaryFolder()
        let database = folder.file("puente.db")

        let lock = try DatabaseLock.take(beside: database, holder: "key rotate")
        let refusal = #expect(throws: PuenteError.self) {
            try DatabaseLock.take(beside: database, holder: LockHolder.server)
        }

        #expect(refusal?.message.en.hasPrefix("\"puente key rotate\" (process ") == true)
        lock.release()
    }

    @Test func `the lock file of a process that ended is no lock`() throws {
        let folder = try TemporaryFolder()
        try folder.write("puente.db.lock", "serve 1\n")

        #expect(throws: Never.self) {
            try DatabaseLock.take(beside: folder.file("puente.db"), holder: LockHolder.server)
        }
    }

    @Test func `a folder that is not there is a matter of configuration`() throws {
        let refusal = #expect(throws: PuenteError.self) {
            try DatabaseLock.take(beside: "/nowhere/puente.db", holder: LockHolder.server)
        }

        #expect(refusal?.code == .invalid)
    }

    @Test(
        arguments: [
            ("serve 12\n", "serve", 12), ("user add 7", "user add", 7), ("", "", nil), ("nonsense", "", nil),
        ] as [(String, String, Int32?)])
    func `a lock file says who holds it`(line: String, command: String, process: Int32?) {
        #expect(LockHolder(line) == LockHolder(command: command, process: process))
    }
}
