package import Domain

/// A template as lists and the composer show it.
package struct TemplateSummary: Sendable {
    package let id: TemplateID
    package let wabaID: String
    package let name: String
    package let language: String
    /// `APPROVED`, `PAUSED`, `REJECTED`, `DELETED`, …
    package let status: String
    package let category: String
    /// Meta's, when it was rejected or paused.
    package let reason: String?
    /// Slots and texts; nil when this release cannot read them.
    package let facts: TemplateFacts?
    /// As Meta has them, JSON.
    package let components: String
    package let updatedAt: Timestamp
}

extension TemplateSummary {
    static let columns =
        "t.id, t.waba_id, t.name, t.language, t.status, t.category, t.reason, t.facts, t.components, t.updated_at"

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        wabaID = try row.get("waba_id")
        name = try row.get("name")
        language = try row.get("language")
        status = try row.get("status")
        category = try row.get("category")
        reason = try row.get("reason")
        var facts: TemplateFacts? = try row.decoration("facts")
        facts?.status = status
        facts?.category = category
        self.facts = facts
        components = try row.get("components")
        updatedAt = try row.get("updated_at")
    }
}

extension Store {
    /// The number's templates, those that may be sent first, by name: for the composer. At most 500.
    package func composerTemplates(
        for number: NumberID, in workspace: WorkspaceID
    ) async throws -> [TemplateSummary] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(TemplateSummary.columns)
                FROM number n
                JOIN template t ON t.workspace_id = n.workspace_id AND t.waba_id = n.waba_id
                WHERE n.workspace_id = :workspace_id AND n.id = :number_id AND t.status <> 'DELETED'
                ORDER BY CASE WHEN t.status = 'APPROVED' THEN 0 ELSE 1 END, t.name, t.language
                LIMIT 500
                """,
                ["workspace_id": workspace, "number_id": number]
            ).map(TemplateSummary.init)
        }
    }

    /// All templates in the order in which they were first seen, newest first.
    package func templates(
        before: ListPosition? = nil, limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<TemplateSummary> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "t")
            conditions.add(before: before, id: "t.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(TemplateSummary.columns) FROM template t \(conditions.sql) ORDER BY t.id DESC LIMIT :limit
                """, conditions.arguments)
            return ListPage(fetched: try rows.map(TemplateSummary.init), limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }

    package func template(_ id: TemplateID, in workspace: WorkspaceID) async throws -> TemplateSummary? {
        try await database.read(on: .console) { connection in
            try connection.row(
                "SELECT \(TemplateSummary.columns) FROM template t WHERE t.workspace_id = :workspace_id AND t.id = :id",
                ["workspace_id": workspace, "id": id]
            ).map(TemplateSummary.init)
        }
    }
}
