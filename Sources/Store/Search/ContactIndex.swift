import Domain

/// The index that contacts are searched through: three letters each, on SQLite by FTS5, on PostgreSQL by `pg_trgm`.
package struct ContactIndex: Sendable {
    static let postgresIndex = "contact_search_trigrams"

    package enum State: Equatable, Sendable {
        case ready
        /// Another node is making it.
        case underWay
        /// PostgreSQL lacks the extension and we may not make it: searches look through the newest contacts only.
        case refused(reason: String)
    }

    private let database: any SQLDatabase

    package init(_ database: any SQLDatabase) {
        self.database = database
    }

    /// Makes the index where it is missing, beside all who write. SQLite's comes with the schema.
    package func prepare() async throws -> State {
        guard let postgres = database as? PostgresDatabase else { return .ready }
        if try await database.read(on: .work, { try $0.isSearchIndexed }) { return .ready }
        return try await postgres.maintain { link in
            // The lock ends with the connection.
            let lock = try link.rows(
                "SELECT CAST(pg_try_advisory_lock(hashtextextended('contact search', 0)) AS INTEGER) AS is_ours", [:])
            guard try lock.first?.get("is_ours", as: Bool.self) == true else { return .underWay }
            do throws(SQLError) {
                try link.command("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            } catch {
                guard link.broken == nil else { throw error }
                return .refused(reason: error.sentence)
            }
            // One that a crash left half made would never be used.
            try link.command(
                """
                DO $$ BEGIN
                    IF EXISTS (
                        SELECT 1 FROM pg_index WHERE indexrelid = to_regclass('\(Self.postgresIndex)') AND NOT indisvalid
                    ) THEN DROP INDEX \(Self.postgresIndex); END IF;
                END $$
                """)
            try link.command(
                """
                CREATE INDEX CONCURRENTLY IF NOT EXISTS \(Self.postgresIndex)
                ON contact USING gin (search_text gin_trgm_ops)
                """)
            return .ready
        }
    }

    /// Takes up to `limit` contacts into the index whose text changed. PostgreSQL does so by itself.
    /// - Returns: how many.
    package func catchUp(limit: Int = 200) async throws -> Int {
        guard database.dialect == .sqlite else { return 0 }
        // Most of the time there is none: the writer is asked for nothing then.
        guard try await database.read(on: .work, { try $0.isSearchDue }) else { return 0 }
        return try await database.write(on: .console, .inOrder) { try $0.indexContacts(limit: limit) }
    }
}

extension SQLConnection {
    /// Whether PostgreSQL has the whole index.
    var isSearchIndexed: Bool {
        get throws {
            try row(
                """
                SELECT 1 AS one FROM pg_index
                WHERE indexrelid = to_regclass('\(ContactIndex.postgresIndex)') AND indisvalid
                """) != nil
        }
    }

    fileprivate var isSearchDue: Bool {
        get throws { try row("SELECT contact_id FROM contact_search_due LIMIT 1") != nil }
    }

    /// Of SQLite.
    fileprivate func indexContacts(limit: Int) throws -> Int {
        let due = try rows(
            """
            SELECT d.contact_id, c.search_text FROM contact_search_due d
            LEFT JOIN contact c ON c.id = d.contact_id
            ORDER BY d.contact_id LIMIT :limit
            """, ["limit": limit])
        let ids = try due.map { try ["id": $0.get("contact_id", as: ContactID.self)] as SQLArguments }
        try executeMany("DELETE FROM contact_search WHERE rowid = :id", ids)
        try executeMany(
            "INSERT INTO contact_search (rowid, search_text) VALUES (:id, :search_text)",
            try due.compactMap { row in
                guard let text = try row.get("search_text", as: String?.self), !text.isEmpty else { return nil }
                return ["id": try row.get("contact_id", as: ContactID.self), "search_text": text]
            })
        try executeMany("DELETE FROM contact_search_due WHERE contact_id = :id", ids)
        return due.count
    }
}
