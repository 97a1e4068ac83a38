package import Domain

/// Reads rows of changes as people understand them.
struct HistoryReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    private static let columns = """
        \(ChangeSummary.columns), r.position, r.contact_id, r.relation, r.key, r.before, r.after, r.outcome
        """

    /// - Parameter index: of the dialect, or nothing.
    private static func tables(_ index: String = "") -> String {
        """
        FROM change_row r \(index)
        JOIN change c ON c.id = r.change_id AND c.workspace_id = r.workspace_id
        """
    }

    /// Of a contact and of those that were merged into it, the newest first.
    func history(of contact: ContactID, after position: ListPosition?, limit: Int) throws -> [HistoryEntry] {
        let people = try [contact] + absorbed(by: contact)
        let list = SQLValueList("contact", people)
        var conditions = SQLConditions(workspace: workspace, alias: "r")
        conditions.add("r.contact_id IN \(list.sql)")
        conditions.add(before: position, key: "r.change_id", id: "r.position")
        conditions.set("limit", limit)
        return try entries(
            """
            SELECT \(Self.columns) \(Self.tables(connection.dialect.byContact)) \(conditions.sql)
            ORDER BY r.change_id DESC, r.position DESC LIMIT :limit
            """, list.arguments(conditions.arguments))
    }

    /// Of a change, in the order in which it was made.
    /// - Parameter kept: only those that stayed as they are when it was undone.
    func rows(of change: ChangeID, kept: Bool, after position: ListPosition?, limit: Int) throws -> [HistoryEntry] {
        try entries(
            """
            SELECT \(Self.columns) \(Self.tables())
            WHERE r.workspace_id = :workspace_id AND r.change_id = :change_id AND r.position > :position
                \(kept ? "AND r.outcome = 'kept'" : "")
            ORDER BY r.position LIMIT :limit
            """,
            ["workspace_id": workspace, "change_id": change, "position": position?.id ?? 0, "limit": limit])
    }

    private func absorbed(by contact: ContactID) throws -> [ContactID] {
        try connection.rows(
            """
            SELECT id FROM contact WHERE workspace_id = :workspace_id AND merged_into = :contact_id
            ORDER BY id DESC LIMIT 50
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map { try $0.get("id") }
    }

    // MARK: What rows say

    private func entries(_ sql: String, _ arguments: SQLArguments) throws -> [HistoryEntry] {
        let rows = try connection.rows(sql, arguments).map { (row: $0, step: try ChangeUndo.Step($0)) }
        let names = HistoryNames(
            labels: try labels(rows.compactMap { $0.step.value("label_id") }),
            fields: try fields(rows.compactMap { $0.step.value("field_id") }),
            handles: try handles(
                rows.compactMap { $0.step.relation == .handle ? $0.step.key.columns["id"] : nil }))
        return try rows.map { row, step in
            HistoryEntry(
                change: try ChangeSummary(row), position: step.position, contact: step.contact,
                facts: step.facts(names), canBePutBack: step.canBePutBack,
                outcome: try row.get("outcome"))
        }
    }

    private func labels(_ ids: [SQLValue]) throws -> [SQLValue: String] {
        try named("SELECT id, name FROM label", ids) { try $0.get("name") }
    }

    private func fields(_ ids: [SQLValue]) throws -> [SQLValue: HistoryNames.Field] {
        try named("SELECT id, key, name, kind FROM field", ids) {
            (key: try $0.get("key"), name: try $0.get("name"), kind: try $0.get("kind"))
        }
    }

    private func handles(_ ids: [SQLValue]) throws -> [SQLValue: (kind: String, address: String)] {
        try named("SELECT id, kind, address FROM handle", ids) {
            (kind: try $0.get("kind"), address: try $0.get("address"))
        }
    }

    /// - Parameter table: `SELECT id, … FROM …`
    private func named<Value>(
        _ table: String, _ ids: [SQLValue], _ value: (SQLRow) throws -> Value
    ) throws -> [SQLValue: Value] {
        guard !ids.isEmpty else { return [:] }
        let list = SQLValueList("id", Set(ids))
        let rows = try connection.rows(
            "\(table) WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
            list.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: [:]) { values, row in
            values[SQLValue.integer(try row.get("id", as: Int64.self))] = try value(row)
        }
    }
}

extension Store {
    /// What people changed about a contact, row by row, the newest first.
    package func history(
        of contact: ContactID, after position: ListPosition? = nil, limit: Int = ListLimit.usual,
        in workspace: WorkspaceID
    ) async throws -> ListPage<HistoryEntry> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            let entries = try HistoryReader(connection: connection, workspace: workspace).history(
                of: try connection.living(contact, in: workspace), after: position, limit: limit + 1)
            return ListPage(fetched: entries, limit: limit) {
                ListPosition(key: $0.change.id.rawValue, id: Int64($0.position))
            }
        }
    }

    /// The rows of a change, in the order in which it was made.
    /// - Parameter kept: only those that stayed as they are when it was undone.
    package func rows(
        of change: ChangeID, kept: Bool = false, after position: ListPosition? = nil, limit: Int = ListLimit.usual,
        in workspace: WorkspaceID
    ) async throws -> ListPage<HistoryEntry> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            let entries = try HistoryReader(connection: connection, workspace: workspace).rows(
                of: change, kept: kept, after: position, limit: limit + 1)
            return ListPage(fetched: entries, limit: limit) { ListPosition(id: Int64($0.position)) }
        }
    }
}
