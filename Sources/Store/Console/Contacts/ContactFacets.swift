package import Domain

/// By what a list of contacts can be filtered, and what more than the usual it can show.
package struct ContactFacets: Sendable {
    package struct Field: Hashable, Sendable {
        package let id: FieldID
        package let name: String
    }

    /// By name.
    package let labels: [ContactSummary.Label]
    /// Those that are still asked for, in the company's order.
    package let fields: [Field]
}

extension Store {
    package func contactFacets(in workspace: WorkspaceID) async throws -> ContactFacets {
        try await database.read(on: .console) { connection in
            let labels = try connection.rows(
                "SELECT id, name, color FROM label WHERE workspace_id = :workspace_id ORDER BY folded LIMIT 1000",
                ["workspace_id": workspace])
            let fields = try connection.rows(
                """
                SELECT id, name FROM field WHERE workspace_id = :workspace_id AND archived_at IS NULL
                ORDER BY position, id LIMIT 200
                """, ["workspace_id": workspace])
            return ContactFacets(
                labels: try labels.map {
                    ContactSummary.Label(id: try $0.get("id"), name: try $0.get("name"), color: try $0.get("color"))
                },
                fields: try fields.map { ContactFacets.Field(id: try $0.get("id"), name: try $0.get("name")) })
        }
    }

    /// A contact as lists show it; of one that was merged, the one it became.
    package func contactSummary(_ contact: ContactID, in workspace: WorkspaceID) async throws -> ContactSummary? {
        try await database.read(on: .console) { connection in
            let living = try connection.living(contact, in: workspace)
            return try connection.contactSummaries([living], in: workspace).first
        }
    }

    /// Contacts by their ids, as lists name them; those that are not there are left out.
    package func persons(_ ids: Set<ContactID>, in workspace: WorkspaceID) async throws -> [ContactID: PersonSummary] {
        guard !ids.isEmpty else { return [:] }
        return try await database.read(on: .console) { connection in
            let list = SQLValueList("contact", ids.sorted())
            let rows = try connection.rows(
                """
                SELECT \(PersonSummary.columns) FROM contact p
                WHERE p.workspace_id = :workspace_id AND p.id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace]))
            return Dictionary(try rows.map(PersonSummary.init).map { ($0.id, $0) }) { $1 }
        }
    }

    /// All conversations with a contact, open and closed, the newest message first.
    package func conversations(
        with contact: ContactID, limit: Int = 20, in workspace: WorkspaceID
    ) async throws -> [ConversationSummary] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(ConversationSummary.columns)
                \(ConversationSummary.tables)
                WHERE c.workspace_id = :workspace_id AND c.contact_id = :contact_id
                ORDER BY c.last_message_at DESC, c.id DESC
                LIMIT :limit
                """, ["workspace_id": workspace, "contact_id": contact, "limit": limit]
            ).map(ConversationSummary.init)
        }
    }
}
