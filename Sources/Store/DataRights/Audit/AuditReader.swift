package import Domain

/// Reads the audit trail: the entries of the trail and the changes of what is known of people, as one list. Both have ids
/// of the same generator, so that one position stands for a place in both.
struct AuditReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let query: AuditQuery

    func read() throws -> ListPage<AuditEntry> {
        let limit = ListLimit.clamped(query.limit)
        var arguments: SQLArguments = ["workspace_id": workspace, "limit": limit + 1]
        let person = try query.contact.map { try subjects(of: $0) }
        var parts = [try trail(person, &arguments)]
        if query.kind == nil || query.kind == .changed { parts.append(try changes(person, &arguments)) }
        let rows = try connection.rows(
            """
            SELECT \(AuditEntry.columns)
            FROM (\(parts.joined(separator: " UNION ALL "))) AS e
            \(AuditEntry.joins)
            ORDER BY e.id DESC
            LIMIT :limit
            """, arguments)
        return ListPage(fetched: try rows.map(AuditEntry.init), limit: limit) { ListPosition(id: $0.id) }
    }

    private struct Subjects {
        let contacts: [ContactID]
        let conversations: [ConversationID]
    }

    /// A contact that is no more still has its entries.
    private func subjects(of contact: ContactID) throws -> Subjects {
        let contacts = try PersonContacts.of(contact, on: connection, in: workspace)?.all ?? [contact]
        let list = SQLValueList("contact", contacts)
        let conversations = try connection.rows(
            "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)",
            list.arguments(["workspace_id": workspace])
        ).map { try $0.get("id", as: ConversationID.self) }
        return Subjects(contacts: contacts, conversations: conversations)
    }

    private func trail(_ person: Subjects?, _ arguments: inout SQLArguments) throws -> String {
        var conditions = ["workspace_id = :workspace_id"]
        conditions += bounds(&arguments)
        if let person {
            let list = SQLValueList("subject", person.contacts.map(\.rawValue) + person.conversations.map(\.rawValue))
            conditions.append("subject_id IN \(list.sql)")
            arguments = list.arguments(arguments)
        }
        if let kind = query.kind { conditions.append(ofKind(kind, &arguments)) }
        // What Meta answered stands in the trail, too.
        if query.kind == nil { conditions.append("event <> '\(HoldDetail.event)'") }
        return """
            SELECT * FROM (
                SELECT id, subject_id, event, actor, at, detail, CAST(NULL AS TEXT) AS title FROM trail
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY id DESC LIMIT :limit
            ) AS t
            """
    }

    private func ofKind(_ kind: AuditKind, _ arguments: inout SQLArguments) -> String {
        let isOther = kind == .work
        let events = isOther ? AuditEvent.allCases.map(\.rawValue) + [HoldDetail.event] : kind.events.map(\.rawValue)
        let list = SQLValueList("event", events)
        arguments = list.arguments(arguments)
        return "event \(isOther ? "NOT IN" : "IN") \(list.sql)"
    }

    private func changes(_ person: Subjects?, _ arguments: inout SQLArguments) throws -> String {
        var conditions = ["workspace_id = :workspace_id"]
        conditions += bounds(&arguments)
        if let person {
            let list = SQLValueList("changed", person.contacts)
            conditions.append(
                """
                id IN (
                    SELECT change_id FROM change_row \(connection.dialect.byContact)
                    WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
                )
                """)
            arguments = list.arguments(arguments)
        }
        return """
            SELECT * FROM (
                SELECT id, id AS subject_id, 'change.' || kind AS event, actor, at, '{}' AS detail, title FROM change
                WHERE \(conditions.joined(separator: " AND "))
                ORDER BY id DESC LIMIT :limit
            ) AS g
            """
    }

    private func bounds(_ arguments: inout SQLArguments) -> [String] {
        var conditions: [String] = []
        func add(_ condition: String, _ name: String, _ value: any SQLConvertible) {
            conditions.append(condition)
            arguments.set(name, value)
        }
        if let before = query.before { add("id < :before", "before", before.id) }
        if let from = query.from { add("id >= :from_id", "from_id", IDGenerator.lowest(at: from)) }
        if let until = query.until { add("id < :until_id", "until_id", IDGenerator.lowest(at: until)) }
        if let actor = query.actor { add("actor = :actor", "actor", actor) }
        return conditions
    }
}

extension Store {
    /// The newest first.
    package func audit(_ query: AuditQuery, in workspace: WorkspaceID) async throws -> ListPage<AuditEntry> {
        try await database.read(on: .console) { connection in
            try AuditReader(connection: connection, workspace: workspace, query: query).read()
        }
    }
}
