import Dispatch
import Glibc
import Synchronization

/// Makes commits durable beside the writer instead of inside its commits: the writer appends a transaction's pages to the
/// write-ahead log and goes on with the next, while here `fdatasync` is called on the log. Whoever waits for their commit
/// is told when a sync that *began after it* has ended, so one sync serves all who committed while the last one ran.
///
/// The log is only ever appended to between two checkpoints, and a checkpoint syncs it before it writes the database
/// file, so that a power cut loses the newest commits that nobody was told of, and never one before another.
final class SQLiteLogSync: Sendable {
    typealias Completion = @Sendable (SQLError?) -> Void

    private struct State {
        /// Commits made, and how many of them are on the disk for certain.
        var committed = 0
        var synced = 0
        var waiting: [Completion] = []
        var isRunning = false
        /// After a failed sync nobody can know what the disk holds: no later one may say that all is well.
        var failure: SQLError?
    }

    private let sync: @Sendable () -> SQLError?
    private let onFailure: @Sendable (SQLError) -> Void
    private let thread = DispatchQueue(label: "puente.sync")
    private let state = Mutex(State())

    /// - Parameter path: of the database; its write-ahead log must be there already.
    /// - Throws: `SQLError.storageFailed` when log and folder cannot be opened and synced.
    convenience init(database path: String) throws(SQLError) {
        let log = try SQLiteLogFile(path: path + "-wal")
        try Self.syncFolder(of: path)
        self.init(sync: { log.sync() }, onFailure: Self.endProcess)
    }

    /// - Parameters:
    ///   - sync: puts all that is in the log on the disk.
    ///   - onFailure: called before anybody is told.
    init(sync: @escaping @Sendable () -> SQLError?, onFailure: @escaping @Sendable (SQLError) -> Void) {
        self.sync = sync
        self.onFailure = onFailure
    }

    /// What is on the disk can no longer be known, while the transactions are visible to all who read: only a new start,
    /// which reads the disk, may go on.
    private static func endProcess(_ failure: SQLError) {
        let text = "The disk failed; the process ends. \(failure.sentence)\n"
        _ = text.withCString { write(STDERR_FILENO, $0, strlen($0)) }
        exit(1)
    }

    /// A file that was just made survives a power cut when its folder's entry does.
    private static func syncFolder(of path: String) throws(SQLError) {
        let end = path.lastIndex(of: "/")
        let folder = open(end.map { String(path[...$0]) } ?? ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        defer { if folder >= 0 { Glibc.close(folder) } }
        guard folder >= 0, fsync(folder) == 0 else {
            throw .storageFailed("the database's folder cannot be synced: \(String(cString: strerror(errno)))")
        }
    }

    /// Called on the writer's thread when a transaction that changed something was committed.
    func noteCommit() {
        state.withLock { $0.committed += 1 }
    }

    /// - Parameter completion: called once, here or on the sync's own thread, when all that is committed by now is on the
    ///   disk; with the error when that can no longer be known.
    func whenSynced(_ completion: @escaping Completion) {
        let answer = state.withLock { state -> SQLError?? in
            if let failure = state.failure { return failure }
            if state.synced == state.committed { return .some(nil) }
            state.waiting.append(completion)
            if !state.isRunning {
                state.isRunning = true
                thread.async { self.run() }
            }
            return nil
        }
        if let answer { completion(answer) }
    }

    private func run() {
        while let (waiting, committed) = takeWaiting() {
            let failure = state.withLock { $0.failure } ?? sync()
            if let failure { onFailure(failure) }
            state.withLock { state in
                state.failure = failure
                if failure == nil { state.synced = committed }
            }
            waiting.forEach { $0(failure) }
        }
    }

    private func takeWaiting() -> ([Completion], Int)? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isRunning = false
                return nil
            }
            defer { state.waiting = [] }
            return (state.waiting, state.committed)
        }
    }

    /// Returns when a sync under way has ended and all who wait were told.
    func close() async {
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            thread.async { continuation.resume() }
        }
    }
}

/// The write-ahead log, opened a second time: SQLite's own locks are on other files, so that closing this one frees none.
private final class SQLiteLogFile: Sendable {
    private let descriptor: Int32

    init(path: String) throws(SQLError) {
        descriptor = open(path, O_RDWR | O_CLOEXEC)
        guard descriptor >= 0 else { throw .storageFailed("\(path): \(String(cString: strerror(errno)))") }
        if let failure = sync() { throw failure }
    }

    deinit { Glibc.close(descriptor) }

    func sync() -> SQLError? {
        guard fdatasync(descriptor) != 0 else { return nil }
        return .storageFailed("the write-ahead log could not be synced: \(String(cString: strerror(errno)))")
    }
}
