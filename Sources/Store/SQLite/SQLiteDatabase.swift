import Dispatch
import Domain
import GRDB
import GRDBSQLite
import Glibc

/// The embedded engine: one file, one writer, readers beside it (WAL).
package final class SQLiteDatabase: SQLDatabase {
    package let dialect = SQLDialect.sqlite
    private let pool: DatabasePool
    private let writer: SQLiteWriter
    private let checkpointer: SQLiteCheckpointer

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
        try requireFullDurability()
    }

    /// GRDB sets `synchronous = NORMAL` on the writer of a pool after the preparation above: a commit would then not
    /// survive a power loss. FULL is set here, and read back.
    private func requireFullDurability() throws {
        let (synchronous, journal) = try mappingSQLiteErrors {
            try pool.writeWithoutTransaction { database in
                try database.execute(sql: "PRAGMA synchronous = FULL")
                // The checkpointer does it beside the writer; this is for the day on which it cannot.
                try database.execute(sql: "PRAGMA wal_autocheckpoint = 100000")
                return (
                    try Int.fetchOne(database, sql: "PRAGMA synchronous"),
                    try String.fetchOne(database, sql: "PRAGMA journal_mode")
                )
            }
        }
        guard synchronous == 2, journal == "wal" else {
            throw SQLError.storageFailed("SQLite would not promise durable commits (synchronous \(synchronous ?? -1))")
        }
    }

    package func write<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        // Not `pool.write { … } async`, which a cancelled task would interrupt: a fact is written or it is not.
        try await withCheckedThrowingContinuation { continuation in
            writer.submit(
                { database in
                    continuation.resume(with: Result { try Self.transaction(.immediate, on: database, body) })
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
        _ kind: Database.TransactionKind, on database: Database, _ body: (any SQLConnection) throws -> Value
    ) throws -> Value {
        try mappingSQLiteErrors {
            var result: Value?
            try database.inTransaction(kind) {
                result = try SQLiteConnection(database).run(body)
                return .commit
            }
            guard let result else { throw SQLError.misuse("a transaction ended without a value") }
            return result
        }
    }

    package func close() async {
        await checkpointer.close()
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

    /// Moves the write-ahead log into the file and gives freed pages back to the disk. For maintenance.
    package func compact(pages: Int) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            pool.asyncWriteWithoutTransaction { database in
                continuation.resume(
                    with: Result {
                        try mappingSQLiteErrors {
                            try database.execute(sql: "PRAGMA incremental_vacuum(\(pages))")
                        }
                    })
            }
        }
    }
}
