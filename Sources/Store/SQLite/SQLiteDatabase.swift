import Dispatch
import Domain
import GRDB
import GRDBSQLite
import Glibc

/// The embedded engine: one file, one writer, readers beside it (WAL).
package final class SQLiteDatabase: SQLDatabase {
    package let dialect = SQLDialect.sqlite
    /// It ends with this process alone.
    package let breaks = 0
    private let pool: DatabasePool
    private let writer: SQLiteWriter
    private let checkpointer: SQLiteCheckpointer
    private let log: SQLiteLogSync

    /// Opens or makes the database file.
    /// - Throws: `SQLError.storageFailed` when the file cannot promise that a commit survives a power loss.
    package init(path: String, readers: Int = 4) throws {
        var configuration = Configuration()
        configuration.maximumReaderCount = readers
        configuration.busyMode = .timeout(5)
        configuration.label = "puente.sqlite"
        configuration.prepareDatabase { database in
            // Only the first statement on an empty file can choose it; later it changes nothing.
            if !database.configuration.readonly { try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL") }
            try database.execute(sql: "PRAGMA foreign_keys = ON")
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA cache_size = -32768")
        }
        pool = try mappingSQLiteErrors { [configuration] in
            try DatabasePool(path: path, configuration: configuration)
        }
        checkpointer = try mappingSQLiteErrors { [pool] in try SQLiteCheckpointer(path: path, pool: pool) }
        writer = SQLiteWriter(pool: pool, checkpointer: checkpointer)
        try Self.prepareLog(pool)
        log = try SQLiteLogSync(database: path)
    }

    /// In WAL mode with `synchronous = NORMAL` a commit is in the log, and in its order, but not on the disk: that is
    /// ``SQLiteLogSync``'s part. Both settings are set and read back: with others its promise would not hold.
    private static func prepareLog(_ pool: DatabasePool) throws {
        let (synchronous, journal) = try mappingSQLiteErrors {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = NORMAL")
                // The checkpointer does it beside the writer; this is for the day on which it cannot.
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 100000")
                return (
                    try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                    try String.fetchOne(database, sql: "PRAGMA journal_mode")
                )
            }
        }
        guard synchronous == 1, journal == "wal" else {
            throw SQLError.storageFailed(
                "SQLite would not keep a write-ahead log (journal \(journal ?? "none"), synchronous \(synchronous ?? -1))"
            )
        }
    }

    package func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        // Not `pool.write { … } async`, which a cancelled task would interrupt: a fact is written or it is not.
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(
                { [log] database in
                    let result = Result { try Self.transaction(on: database, log, body) }
                    guard case .success = result, durability == .onDisk else {
                        return continuation.resume(with: result)
                    }
                    log.whenSynced { failure in
                        continuation.resume(with: failure.map { .failure($0) } ?? result)
                    }
                }, isUrgent: pool == .intake)
        }
    }

    package func read<Value: Sendable>(
        on _: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            pool.asyncRead { access in
                continuation.resume(
                    with: Result {
                        try mappingSQLiteErrors {
                            try SQLiteConnection(access.get()).run(body)
                        }
                    })
            }
        }
    }

    private static func transaction<Value>(
        on database: Database, _ log: SQLiteLogSync, _ body: (any SQLConnection) throws -> Value
    ) throws -> Value {
        try mappingSQLiteErrors {
            var result: Value?
            let written = database.pagesWritten
            try database.inTransaction(.immediate) {
                result = try SQLiteConnection(database).run(body)
                return .commit
            }
            if database.pagesWritten != written { log.noteCommit() }
            guard let result else { throw SQLError.misuse("a transaction ended without a value") }
            return result
        }
    }

    /// Moves the write-ahead log into the file and cuts it to nothing: what was overwritten is then in neither. Waits for
    /// readers, some seconds at most.
    package func emptyLog() async throws {
        try await checkpointer.truncate()
    }

    package func close() async {
        await checkpointer.close()
        await log.close()
        // Nothing can be done about a failure here: the process is ending and every commit is on disk already.
        try? pool.close()
        tidyUp()
    }

    /// The pool closes its readers last, and they may not move the write-ahead log into the file: whoever copies or
    /// renames the file would leave the newest commits behind. A writer that comes and goes does it, unless somebody
    /// else has the database open.
    private func tidyUp() {
        guard access(pool.path, F_OK) == 0 else { return }
        // What stays in the log is read from there at the next opening.
        try? DatabaseQueue(path: pool.path).close()
    }

    /// Copies a consistent state into a new file while writers go on. For `puente backup`.
    package func copy(to path: String) async throws {
        let pool = pool
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue(label: "puente.backup").async {
                continuation.resume(
                    with: Result {
                        try mappingSQLiteErrors {
                            let copy = try DatabaseQueue(path: path)
                            try pool.backup(to: copy)
                            try copy.close()
                        }
                    })
            }
        }
    }
}
