/// Brings a database to this program's schema, one migration per transaction.
package struct Migrator: Sendable {
    package struct Report: Equatable, Sendable {
        package let before: Int
        package let after: Int
    }

    private let database: any SQLDatabase

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// - Throws: `SQLError.misuse` when the database was made by a newer program that this one may not serve.
    package func migrate() async throws -> Report {
        try await database.write { connection in
            try connection.execute(
                """
                CREATE TABLE IF NOT EXISTS schema_version (
                    number            \(connection.dialect.primaryKey),
                    oldest_compatible \(connection.dialect.bigint) NOT NULL,
                    applied_at        \(connection.dialect.bigint) NOT NULL
                ) \(connection.dialect.strict)
                """)
        }
        let before = try await version()
        try refuseNewer(before)
        for migration in Migration.all where migration.number > before.number {
            try await apply(migration)
        }
        try await DayPartitions(database).prepare()
        return Report(before: before.number, after: try await version().number)
    }

    private struct Version: Sendable {
        let number: Int
        let oldestCompatible: Int
    }

    private func version() async throws -> Version {
        try await database.read(on: .work) { connection in
            let row = try connection.row(
                "SELECT number, oldest_compatible FROM schema_version ORDER BY number DESC LIMIT 1")
            guard let row else { return Version(number: 0, oldestCompatible: 0) }
            return Version(number: try row.get("number"), oldestCompatible: try row.get("oldest_compatible"))
        }
    }

    private func refuseNewer(_ version: Version) throws {
        guard version.oldestCompatible <= Migration.newest else {
            throw SQLError.misuse(
                """
                The database has schema \(version.number), made by a newer Puente; this one knows \(Migration.newest). \
                Install the newer release again.
                """)
        }
    }

    /// Nodes that start together apply a migration once: the row of the version is written first, and only by one.
    private func apply(_ migration: Migration) async throws {
        try await database.write { connection in
            let isOurs = try connection.execute(
                """
                INSERT INTO schema_version (number, oldest_compatible, applied_at)
                VALUES (:number, :oldest_compatible, \(connection.dialect.nowMilliseconds))
                ON CONFLICT (number) DO NOTHING
                """,
                ["number": migration.number, "oldest_compatible": migration.oldestCompatible])
            guard isOurs == 1 else { return }
            for statement in migration.statements(connection.dialect) {
                try connection.execute(statement)
            }
        }
    }
}
