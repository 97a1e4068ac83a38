import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Moves the write-ahead log into the database file beside the writer instead of inside its commits, which then would
/// stand still for as long as the disk takes for tens of megabytes.
///
/// A checkpoint on a connection of its own lets the writer append meanwhile. When only little is left, the writer does
/// the rest between two transactions: then nothing is being appended, and its next commit begins the log anew.
final class SQLiteCheckpointer: Sendable {
    /// Pages of 4 KB in the log that begin a checkpoint.
    private static let threshold = 2_500
    /// What the writer may do itself: some milliseconds.
    private static let remainder = 400
    private static let maxPasses = 6

    private struct State {
        var pagesAtLast = 0
        var isRunning = false
    }

    private let pool: DatabasePool
    private let side: DatabaseQueue
    private let thread = DispatchQueue(label: "puente.checkpoint")
    private let state = Mutex(State())

    init(path: String, pool: DatabasePool) throws {
        self.pool = pool
        var configuration = Configuration()
        configuration.label = "puente.checkpoint"
        configuration.busyMode = .timeout(5)
        side = try DatabaseQueue(path: path, configuration: configuration)
        // What a checkpoint writes must be on the disk before the log is begun anew.
        try side.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
    }

    /// Called on the writer's thread after each transaction.
    func note(_ database: Database) {
        let pages = database.pagesWritten
        let isDue = state.withLock { state in
            guard !state.isRunning, pages - state.pagesAtLast > Self.threshold else { return false }
            state.isRunning = true
            return true
        }
        if isDue { thread.async { self.run() } }
    }

    /// Moves all of the log and cuts it to nothing.
    /// - Throws: when a reader does not let go of it; the log is then complete, and as long as it was.
    func truncate() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            thread.async { [side] in
                continuation.resume(
                    with: Result {
                        try mappingSQLiteErrors {
                            _ = try side.writeWithoutTransaction { try $0.checkpoint(.truncate) }
                        }
                    })
            }
        }
    }

    /// A checkpoint under way finishes first; after this there is none.
    func close() async {
        state.withLock { $0.isRunning = true }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            thread.async { [self] in
                // Whoever closes the database moves the rest of the log.
                try? side.close()
                continuation.resume()
            }
        }
    }

    private func run() {
        do {
            var left = Int.max
            for _ in 0..<Self.maxPasses where left > Self.remainder {
                left = try side.writeWithoutTransaction { database in
                    let result = try database.checkpoint(.passive)
                    return result.walFrameCount - result.checkpointedFrameCount
                }
            }
            try pool.writeWithoutTransaction { database in
                try database.checkpoint(.passive)
                end(at: database.pagesWritten)
            }
        } catch {
            // The log stays as it is: complete, only longer. The next transactions begin another try.
            state.withLock { $0.isRunning = false }
        }
    }

    private func end(at pages: Int) {
        state.withLock { state in
            state.isRunning = false
            state.pagesAtLast = pages
        }
    }
}
