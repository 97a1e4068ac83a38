import Domain

@testable import Store

/// Every row of every table that a change may touch, to compare before and after.
struct DatabaseImage: Equatable, Sendable {
    /// All but the journal itself, what only says when something was last looked at or counted, and what the CRMs are
    /// told of it.
    private static let left: Set<String> = [
        "change", "change_row", "trail", "counter", "delay", "schema_version", "node", "lane", "job",
        "label_rule_news", "label_rule_pass", "label_rule_change", "search_note", "sync_due", "webhook_news",
    ]

    let tables: [String: [String]]

    /// - Parameter leaving: further tables to leave out.
    static func of(_ store: Store, leaving: Set<String> = []) async throws -> DatabaseImage {
        try await store.database.read { connection in
            var tables: [String: [String]] = [:]
            for table in try connection.tables()
            where !left.contains(table) && !leaving.contains(table) && !isIndex(table) {
                tables[table] = try connection.rows("SELECT * FROM \(table)", [:]).map(text).sorted()
            }
            return DatabaseImage(tables: tables)
        }
    }

    /// Table by table, the rows that are on one side only: what a failed comparison shows.
    func differences(from other: DatabaseImage) -> [String] {
        Set(tables.keys).union(other.tables.keys).sorted().flatMap { table in
            let (ours, theirs) = (Set(tables[table] ?? []), Set(other.tables[table] ?? []))
            return ours.subtracting(theirs).sorted().map { "+ \(table) \($0)" }
                + theirs.subtracting(ours).sorted().map { "- \(table) \($0)" }
        }
    }

    /// SQLite keeps the index that contacts are searched by in tables; equal texts may lie differently in it.
    private static func isIndex(_ table: String) -> Bool {
        table.hasPrefix("contact_search")
    }

    private static func text(_ row: SQLRow) -> String {
        zip(row.columns, row.values).map { "\($0)=\($1)" }.sorted().joined(separator: " ")
    }
}

extension SQLConnection {
    func tables() throws -> [String] {
        let sql =
            switch dialect {
            case .sqlite:
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
            case .postgres:
                """
                SELECT CAST(relname AS TEXT) AS name FROM pg_class
                WHERE relkind IN ('r', 'p') AND NOT relispartition AND relnamespace = 'public'::regnamespace
                ORDER BY relname
                """
            }
        return try rows(sql, [:]).map { try $0.get("name") }
    }
}
