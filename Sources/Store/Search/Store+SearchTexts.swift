package import Domain

extension Store {
    /// Writes anew what contacts are searched and sorted by, of a slice of those that were there before search texts had
    /// their present form. What an update of the program began goes on from the beginning after a restart: what is
    /// written already costs a look.
    /// - Parameter contact: the last one of the slice before; nil at the beginning.
    /// - Returns: the last one of this slice; nil when all are written.
    package func writeSearchTexts(after contact: ContactID?, limit: Int = 200) async throws -> ContactID? {
        try await database.write(on: .console, .inOrder) { connection in
            let rows = try connection.rows(
                "SELECT id, workspace_id FROM contact WHERE id > :after ORDER BY id LIMIT :limit",
                ["after": contact?.rawValue ?? 0, "limit": limit])
            for row in rows {
                try connection.writeSearchText(of: try row.get("id"), in: try row.get("workspace_id"))
            }
            if let last = rows.last { return try last.get("id") }
            try connection.execute(
                "INSERT INTO installation (name, value) VALUES ('search_texts', 'written') ON CONFLICT DO NOTHING")
            return nil
        }
    }

    /// Whether all contacts have search texts of the present form.
    package func areSearchTextsWritten() async throws -> Bool {
        try await database.read(on: .work) { connection in
            try connection.row("SELECT value FROM installation WHERE name = 'search_texts'") != nil
        }
    }
}
