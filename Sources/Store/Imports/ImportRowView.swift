package import Domain

/// A row of a list as it was judged.
package struct ImportRowView: Sendable {
    package let position: Int
    /// As the file counts its rows.
    package let number: Int
    package let verdict: ImportVerdict
    package let notes: [ImportNote]
    package let contact: ContactID?
    /// Of a row that is taken.
    package let person: ImportedPerson?
    /// What it would change about somebody who is here.
    package let changes: [ImportChange]
    /// Of a row that is not taken, as they stood in the file; empty when that is not kept.
    package let cells: [String]
}

extension Store {
    /// Rows of an import in the file's order.
    /// - Parameters:
    ///   - verdicts: empty: all.
    ///   - after: the position of the last row of the page before.
    package func importRows(
        _ id: ImportID, verdicts: Set<ImportVerdict> = [], after: Int = 0, limit: Int = ListLimit.usual,
        in workspace: WorkspaceID
    ) async throws -> ListPage<ImportRowView> {
        try await database.read(on: .console) { connection in
            let wanted = verdicts.isEmpty ? Set(ImportVerdict.allCases) : verdicts
            let list = SQLValueList("verdict", wanted.sorted { $0.rawValue < $1.rawValue })
            let rows = try connection.rows(
                """
                SELECT position, number, verdict, notes, contact_id, person, changes, cells FROM import_row
                WHERE workspace_id = :workspace_id AND import_id = :import_id AND position > :after
                    AND verdict IN \(list.sql)
                ORDER BY position LIMIT :limit
                """,
                list.arguments([
                    "workspace_id": workspace, "import_id": id, "after": after, "limit": limit + 1,
                ]))
            return ListPage(fetched: try rows.map(ImportRowView.init), limit: limit) {
                ListPosition(id: Int64($0.position))
            }
        }
    }
}

extension ImportRowView {
    fileprivate init(_ row: SQLRow) throws {
        position = try row.get("position")
        number = try row.get("number")
        verdict = try row.get("verdict")
        notes = try row.json("notes")
        contact = try row.get("contact_id")
        person = try row.jsonIfPresent("person")
        changes = try row.jsonIfPresent("changes") ?? []
        cells = try row.jsonIfPresent("cells") ?? []
    }
}
