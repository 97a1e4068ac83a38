package import Domain

/// How much is kept of a person, kind by kind.
package struct PersonHoldings: Sendable {
    package let person: PersonSummary
    package let handles: Int
    package let conversations: Int
    package let messages: ListCount
    package let files: ListCount
    /// Labels, fields, special states and a note.
    package let details: Int
    /// Entries of the consent ledger and questions for consent.
    package let consents: Int
    /// CRMs that have a record.
    package let records: Int
    /// Rows that changes wrote.
    package let changes: ListCount
    /// Entries of the audit trail.
    package let access: ListCount
    package let firstSeen: Timestamp
    /// When a CRM last said that the person was erased there; nil while none has.
    package let erasedInCRM: (at: Timestamp, connection: String)?
}

extension Store {
    /// Nil when there is no such contact. One that was merged is counted with the one that it was merged into.
    package func holdings(of contact: ContactID, in workspace: WorkspaceID) async throws -> PersonHoldings? {
        try await database.read(on: .console) { connection in
            guard let person = try PersonContacts.of(contact, on: connection, in: workspace) else { return nil }
            return try HoldingsReader(connection: connection, workspace: workspace, person: person).read()
        }
    }
}

private struct HoldingsReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let person: PersonContacts

    func read() throws -> PersonHoldings? {
        let row = try connection.row(
            """
            SELECT \(PersonSummary.columns), p.created_at FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id = :id
            """, ["workspace_id": workspace, "id": person.listed])
        guard let row else { return nil }
        return PersonHoldings(
            person: try PersonSummary(row), handles: try count("handle").value,
            conversations: try count("conversation").value, messages: try count("message"), files: try files(),
            details: try ["contact_label", "contact_field", "contact_state"].reduce(0) { try $0 + count($1).value },
            consents: try ["consent_entry", "opt_in"].reduce(0) { try $0 + count($1).value },
            records: try count("remote_ref", by: "local_id").value, changes: try count("change_row"),
            access: try count("trail", by: "subject_id"), firstSeen: try row.get("created_at"),
            erasedInCRM: try erasedInCRM())
    }

    private func count(_ table: String, by column: String = "contact_id") throws -> ListCount {
        let list = person.list
        return try connection.count(
            "FROM \(table) WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql)",
            list.arguments(["workspace_id": workspace]))
    }

    private func files() throws -> ListCount {
        let list = person.list
        return try connection.count(
            """
            FROM message m
            JOIN media f ON f.workspace_id = m.workspace_id AND f.message_id = m.id AND f.state = 'stored'
            WHERE m.workspace_id = :workspace_id AND m.contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace]))
    }

    private func erasedInCRM() throws -> (at: Timestamp, connection: String)? {
        let list = person.list
        return try connection.row(
            """
            SELECT at, actor FROM trail
            WHERE workspace_id = :workspace_id AND subject_id IN \(list.sql) AND event = :event
            ORDER BY id DESC LIMIT 1
            """,
            list.arguments(["workspace_id": workspace, "event": AuditEvent.erasedInCRM.rawValue])
        ).map { (at: try $0.get("at"), connection: try $0.get("actor")) }
    }
}
