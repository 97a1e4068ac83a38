package import Domain

/// A contact as files hold it.
package struct ExportedContact: Sendable {
    package let id: ContactID
    package let name: String
    package let profileName: String
    package let username: String?
    package let language: String?
    package let note: String
    package let createdAt: Timestamp
    package let updatedAt: Timestamp
    /// Digits with the country's first, the one that is written to first.
    package internal(set) var phones: [String] = []
    package internal(set) var emails: [String] = []
    package internal(set) var userIDs: [String] = []
    package internal(set) var labels: [String] = []
    /// By the field's key.
    package internal(set) var fields: [String: String] = [:]
    /// `granted` or `withdrawn`; nil when nothing is known of marketing.
    package internal(set) var marketing: String?
    package internal(set) var isDoubleOptIn = false
    /// What stands in the way of writing to them: `blocked`, `complaint`, `do_not_call`.
    package internal(set) var states: [String] = []
    /// Messages to all their numbers could not be delivered.
    package internal(set) var isUnreachable = false
}

extension Store {
    /// Contacts in the order in which they came into being, without those that were merged into others.
    /// - Parameters:
    ///   - selection: whom the file holds.
    ///   - after: the last one of the page before.
    package func exportContacts(
        _ selection: ContactSelection = .everybody, after: ContactID? = nil, limit: Int = 500,
        in workspace: WorkspaceID
    ) async throws -> [ExportedContact] {
        let clock = segmentClock
        return try await database.read(on: .console) { connection in
            let selected = try connection.source(of: selection, clock, in: workspace) { list in
                if let after { list.add("p.id > :after", "after", after) }
                list.set("limit", limit)
            }
            let rows = try connection.rows(
                """
                SELECT p.id, p.name, p.profile_name, p.username, p.language, p.note, p.created_at, p.updated_at
                FROM \(selected.sql)
                ORDER BY p.id LIMIT :limit
                """, selected.arguments)
            return try connection.completed(try rows.map(ExportedContact.init), in: workspace)
        }
    }
}

extension SQLConnection {
    fileprivate func source(
        of selection: ContactSelection, _ clock: SegmentClock, in workspace: WorkspaceID,
        _ further: (inout SQLConditions) -> Void
    ) throws -> (sql: String, arguments: SQLArguments) {
        switch selection {
        case .matching(let conditions, let search, let number):
            return try SelectedContacts(
                conditions, search: search, number: number, on: self, in: workspace, clock
            ).source(further)
        case .chosen(let contacts):
            let chosen = SQLValueList("chosen", contacts)
            return try SelectedContacts([], on: self, in: workspace, clock).source { list in
                list.add("p.id IN \(chosen.sql)")
                for (name, value) in chosen.arguments([:]).pairs { list.set(name, value) }
                further(&list)
            }
        }
    }
}

extension SQLConnection {
    fileprivate func completed(_ contacts: [ExportedContact], in workspace: WorkspaceID) throws -> [ExportedContact] {
        guard !contacts.isEmpty else { return [] }
        var found = Dictionary(uniqueKeysWithValues: contacts.map { ($0.id, $0) })
        let list = SQLValueList("contact", contacts.map(\.id))
        let arguments = list.arguments(["workspace_id": workspace])
        for row in try rows(
            """
            SELECT contact_id, kind, address FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND valid_to IS NULL
            ORDER BY CASE WHEN evidence IN \(HandleEvidence.claimList) THEN 1 ELSE 0 END, valid_from DESC, id DESC
            """, arguments)
        {
            let address: String = try row.get("address")
            let contact: ContactID = try row.get("contact_id")
            switch try row.get("kind", as: String.self) {
            case "phone": found[contact]?.phones.append(address)
            case "email": found[contact]?.emails.append(address)
            case "bsuid": found[contact]?.userIDs.append(address)
            default: break
            }
        }
        try addWords(list, arguments, to: &found)
        try addStandings(list, arguments, to: &found)
        for contact in try unreachable(among: contacts.map(\.id), in: workspace) {
            found[contact]?.isUnreachable = true
        }
        return contacts.compactMap { found[$0.id] }
    }

    private func addWords(
        _ list: SQLValueList, _ arguments: SQLArguments, to found: inout [ContactID: ExportedContact]
    ) throws {
        for row in try rows(
            """
            SELECT x.contact_id, l.name FROM contact_label x
            JOIN label l ON l.workspace_id = x.workspace_id AND l.id = x.label_id
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql)
            ORDER BY l.folded
            """, arguments)
        {
            found[try row.get("contact_id")]?.labels.append(try row.get("name"))
        }
        for row in try rows(
            """
            SELECT x.contact_id, x.value, f.key FROM contact_field x
            JOIN field f ON f.workspace_id = x.workspace_id AND f.id = x.field_id
            WHERE x.workspace_id = :workspace_id AND x.contact_id IN \(list.sql)
            """, arguments)
        {
            found[try row.get("contact_id")]?.fields[try row.get("key")] = try row.get("value", as: String.self)
        }
    }

    private func addStandings(
        _ list: SQLValueList, _ arguments: SQLArguments, to found: inout [ContactID: ExportedContact]
    ) throws {
        for row in try rows(
            """
            SELECT contact_id, standing, is_double FROM consent
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND purpose = 'marketing'
            """, arguments)
        {
            let contact: ContactID = try row.get("contact_id")
            found[contact]?.marketing = try row.get("standing", as: String.self)
            found[contact]?.isDoubleOptIn = try row.get("is_double")
        }
        for row in try rows(
            """
            SELECT contact_id, state FROM contact_state
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) ORDER BY state
            """, arguments)
        {
            found[try row.get("contact_id")]?.states.append(try row.get("state"))
        }
    }
}

extension ExportedContact {
    fileprivate init(_ row: SQLRow) throws {
        id = try row.get("id")
        name = try row.get("name")
        profileName = try row.get("profile_name")
        username = try row.get("username")
        language = try row.get("language")
        note = try row.get("note")
        createdAt = try row.get("created_at")
        updatedAt = try row.get("updated_at")
    }
}
