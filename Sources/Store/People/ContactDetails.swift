package import Domain

/// What a company notes of a contact: labels, fields, states.
package struct ContactDetails: Sendable {
    package struct Field: Hashable, Sendable {
        package let field: FieldSummary
        /// As it is kept; nil where nothing is noted.
        package let value: String?
        package let changedAt: Timestamp?
    }

    package struct State: Hashable, Sendable {
        package let state: ContactState
        package let since: Timestamp
        package let actor: String
        package let reason: String
    }

    package let contact: ContactID
    /// By name.
    package let labels: [LabelSummary]
    /// Every field that was not put away, in its order.
    package let fields: [Field]
    /// Those that the contact is in, in the order of ``ContactState``.
    package let states: [State]
}

extension Store {
    /// - Returns: nil when there is no such contact. One that was merged shows whom it was merged into.
    package func details(of contact: ContactID, in workspace: WorkspaceID) async throws -> ContactDetails? {
        try await database.read(on: .console) { connection in
            let contact = try connection.living(contact, in: workspace)
            let isThere = try connection.row(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": contact])
            guard isThere != nil else { return nil }
            return ContactDetails(
                contact: contact, labels: try connection.labels(of: [contact], in: workspace)[contact] ?? [],
                fields: try connection.fieldsWithValues(of: contact, in: workspace),
                states: try connection.states(of: contact, in: workspace))
        }
    }
}

extension SQLConnection {
    /// The labels of each contact that has any, by name.
    func labels(of contacts: [ContactID], in workspace: WorkspaceID) throws -> [ContactID: [LabelSummary]] {
        guard !contacts.isEmpty else { return [:] }
        let list = SQLValueList("contact", contacts)
        let rows = try rows(
            """
            SELECT c.contact_id, \(LabelSummary.onContact) FROM contact_label c
            JOIN label l ON l.id = c.label_id AND l.workspace_id = c.workspace_id
            WHERE c.workspace_id = :workspace_id AND c.contact_id IN \(list.sql)
            ORDER BY l.folded, l.id
            """, list.arguments(["workspace_id": workspace]))
        return try rows.reduce(into: [:]) { labels, row in
            labels[try row.get("contact_id"), default: []].append(try LabelSummary(row))
        }
    }

    fileprivate func fieldsWithValues(
        of contact: ContactID, in workspace: WorkspaceID
    ) throws -> [ContactDetails.Field] {
        try rows(
            """
            SELECT \(FieldSummary.columns), v.value, v.changed_at FROM field f
            LEFT JOIN contact_field v
                ON v.workspace_id = f.workspace_id AND v.contact_id = :contact_id AND v.field_id = f.id
            WHERE f.workspace_id = :workspace_id AND f.archived_at IS NULL
            ORDER BY f.position, f.id
            """, ["contact_id": contact, "workspace_id": workspace]
        ).map {
            ContactDetails.Field(
                field: try FieldSummary($0), value: try $0.get("value"), changedAt: try $0.get("changed_at"))
        }
    }

    func states(of contact: ContactID, in workspace: WorkspaceID) throws -> [ContactDetails.State] {
        let states = try rows(
            """
            SELECT state, since, actor, reason FROM contact_state
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map {
            ContactDetails.State(
                state: try $0.get("state"), since: try $0.get("since"), actor: try $0.get("actor"),
                reason: try $0.get("reason"))
        }
        return ContactState.allCases.compactMap { state in states.first { $0.state == state } }
    }
}
