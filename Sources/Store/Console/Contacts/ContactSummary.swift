package import Domain

/// A contact in a list.
package struct ContactSummary: Sendable {
    package struct Label: Hashable, Sendable {
        package let id: LabelID
        package let name: String
        /// Of the console's palette.
        package let color: String
        /// That put it on; nil where somebody else did.
        package var rule: LabelSummary.Rule?
    }

    /// To marketing, as the entries of the ledger come to.
    package struct Consent: Hashable, Sendable {
        package enum Standing: String, SQLConvertible, Sendable { case granted, withdrawn }

        package let standing: Standing
        package let isDouble: Bool
        package let since: Timestamp
    }

    package let person: PersonSummary
    /// The newest e-mail address that holds.
    package let email: String?
    /// `es`, `pt_BR`; nil while nobody has said.
    package let language: String?
    /// By name.
    package let labels: [Label]
    package let states: [ContactState]
    /// Messages to all their numbers could not be delivered.
    package let isUnreachable: Bool
    /// Nil while nothing was ever said.
    package let consent: Consent?
    /// The values of the company's own fields, as texts.
    package let fields: [FieldID: String]
    /// Of the newest message, by Meta's time; nil while there is none.
    package let lastActivityAt: Timestamp?
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
}

extension SQLConnection {
    /// In the order of the ids; those that are not there are left out.
    func contactSummaries(_ ids: [ContactID], in workspace: WorkspaceID) throws -> [ContactSummary] {
        guard !ids.isEmpty else { return [] }
        let reader = ContactSummaryReader(connection: self, workspace: workspace, ids: ids)
        let (labels, states, consents) = try (reader.labels(), reader.states(), reader.consents())
        let (fields, activity) = try (reader.fields(), reader.activity())
        let rows = try reader.contacts()
        return ids.compactMap { id in
            guard let row = rows[id] else { return nil }
            return ContactSummary(
                person: row.person, email: row.email, language: row.language, labels: labels[id] ?? [],
                states: states[id] ?? [], isUnreachable: row.isUnreachable, consent: consents[id],
                fields: fields[id] ?? [:],
                lastActivityAt: activity[id], createdAt: row.createdAt, updatedAt: row.updatedAt)
        }
    }
}

/// What a list shows of its contacts, each kind of fact in one statement.
private struct ContactSummaryReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let ids: [ContactID]

    struct Row {
        let person: PersonSummary
        let email: String?
        let language: String?
        let isUnreachable: Bool
        let createdAt: Timestamp
        let updatedAt: Timestamp
    }

    func contacts() throws -> [ContactID: Row] {
        let rows = try rows(
            """
            SELECT p.id AS contact_id, \(PersonSummary.columns), p.language, p.created_at, p.updated_at,
                \(PersonSummary.handle("email")) AS email,
                CASE WHEN \(UnreachableNumber.isEverywhere) THEN 1 ELSE 0 END AS is_unreachable
            FROM contact p WHERE p.workspace_id = :workspace_id AND p.id IN
            """)
        return try byContact(rows) { row in
            Row(
                person: try PersonSummary(row), email: try row.get("email"), language: try row.get("language"),
                isUnreachable: try row.get("is_unreachable"), createdAt: try row.get("created_at"),
                updatedAt: try row.get("updated_at"))
        }.compactMapValues(\.last)
    }

    func labels() throws -> [ContactID: [ContactSummary.Label]] {
        let rows = try rows(
            """
            SELECT cl.contact_id, l.id, l.name, l.color, l.folded, cl.rule_id, cl.actor FROM contact_label cl
            JOIN label l ON l.id = cl.label_id AND l.workspace_id = cl.workspace_id
            WHERE cl.workspace_id = :workspace_id AND cl.contact_id IN
            """, ordered: "ORDER BY l.folded")
        return try byContact(rows) { row in
            ContactSummary.Label(
                id: try row.get("id"), name: try row.get("name"), color: try row.get("color"),
                rule: try LabelSummary.Rule(row))
        }
    }

    func states() throws -> [ContactID: [ContactState]] {
        let rows = try rows(
            "SELECT contact_id, state FROM contact_state WHERE workspace_id = :workspace_id AND contact_id IN",
            ordered: "ORDER BY state")
        return try byContact(rows) { try $0.get("state") }
    }

    func consents() throws -> [ContactID: ContactSummary.Consent] {
        let rows = try rows(
            """
            SELECT contact_id, standing, is_double, since FROM consent
            WHERE workspace_id = :workspace_id AND purpose = 'marketing' AND contact_id IN
            """)
        return try byContact(rows) { row in
            ContactSummary.Consent(
                standing: try row.get("standing"), isDouble: try row.get("is_double"), since: try row.get("since"))
        }.compactMapValues(\.last)
    }

    func fields() throws -> [ContactID: [FieldID: String]] {
        let rows = try rows(
            "SELECT contact_id, field_id, value FROM contact_field WHERE workspace_id = :workspace_id AND contact_id IN"
        )
        return try byContact(rows) { row in
            (field: try row.get("field_id", as: FieldID.self), value: try row.get("value", as: String.self))
        }.mapValues { Dictionary($0.map { ($0.field, $0.value) }) { $1 } }
    }

    func activity() throws -> [ContactID: Timestamp] {
        let rows = try rows(
            """
            SELECT contact_id, MAX(last_message_at) AS at FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id IN
            """, ordered: "GROUP BY contact_id")
        return try byContact(rows) { try $0.get("at", as: Timestamp.self) }.compactMapValues(\.last)
    }

    /// - Parameter sql: ends before the list of contacts.
    private func rows(_ sql: String, ordered: String = "") throws -> [SQLRow] {
        let list = SQLValueList("contact", ids)
        return try connection.rows("\(sql) \(list.sql) \(ordered)", list.arguments(["workspace_id": workspace]))
    }

    private func byContact<Value>(_ rows: [SQLRow], _ value: (SQLRow) throws -> Value) throws -> [ContactID: [Value]] {
        var values: [ContactID: [Value]] = [:]
        for row in rows { values[try row.get("contact_id"), default: []].append(try value(row)) }
        return values
    }
}
