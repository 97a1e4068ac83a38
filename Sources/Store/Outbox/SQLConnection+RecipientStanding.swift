import Domain

extension SQLConnection {
    func recipientStanding(of contact: ContactID, in workspace: WorkspaceID) throws -> RecipientStanding {
        try recipientStandings(of: [contact], in: workspace).people[contact] ?? .stranger
    }

    /// What stands in the way of writing to people, and how strict the company's gate is: one question, by keys, since it
    /// is asked for all that leaves. Of whom nothing is known is missing.
    func recipientStandings(
        of contacts: [ContactID], in workspace: WorkspaceID
    ) throws -> (people: [ContactID: RecipientStanding], rules: SendGateRules) {
        let list = SQLValueList("contact", contacts)
        let rows = try rows(
            """
            SELECT 'state' AS part, contact_id, state AS name, '' AS value, 0 AS is_double, since, 0 AS entry_id
            FROM contact_state
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            UNION ALL
            SELECT 'consent', contact_id, purpose, standing, is_double, since, entry_id
            FROM consent
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            UNION ALL
            SELECT 'rules', 0, name, value, 0, changed_at, 0
            FROM setting
            WHERE workspace_id = :workspace_id AND name = '\(SendGateRules.settingName)'
            """, list.arguments(["workspace_id": workspace]))
        var people: [ContactID: RecipientStanding] = [:]
        var rules = SendGateRules()
        for row in rows {
            let contact: ContactID = try row.get("contact_id")
            switch try row.get("part", as: String.self) {
            case "state": try people[contact, default: .stranger].note(state: row.get("name"))
            case "consent":
                try people[contact, default: .stranger].consent[row.get("name")] = ConsentStanding(part: row)
            default: rules = try row.json("value")
            }
        }
        return (people, rules)
    }

    /// Whether the customer knows who writes in a conversation in which nothing of ours has left that said so.
    ///
    /// Where the company lets off conversations that the customer began, they do when they began it: they wrote to the
    /// company's number, whose name WhatsApp shows them. What the shop wrote on its phone (echoes, history) passed no gate,
    /// and what failed nobody has read.
    /// - Parameter hasWritten: the customer has, in this conversation; of old threads not all messages are left.
    func isSenderKnown(
        in conversation: ConversationID, hasWritten: Bool, workspace: WorkspaceID, rules: SendGateRules,
        at moment: GateMoment
    ) throws -> Bool {
        let arguments: SQLArguments = ["workspace_id": workspace, "conversation_id": conversation]
        if !rules.namesInEveryConversation {
            let first = try value(
                """
                SELECT is_inbound FROM message
                WHERE workspace_id = :workspace_id AND conversation_id = :conversation_id AND kind <> 'system'
                    AND (is_inbound = 1 OR (wamid IS NOT NULL AND status <> 'failed'))
                ORDER BY meta_at, id LIMIT 1
                """, arguments, as: Bool.self)
            if first ?? hasWritten { return true }
        }
        switch moment {
        case .marking: return false
        case .accepting:
            return try row(
                """
                SELECT 1 AS one FROM message
                WHERE workspace_id = :workspace_id AND conversation_id = :conversation_id AND is_inbound = 0
                    AND kind NOT IN ('reaction', 'template') AND status IN ('queued', 'sending')
                LIMIT 1
                """, arguments) != nil
        }
    }
}

extension RecipientStanding {
    fileprivate mutating func note(state: String) {
        switch state {
        case "blocked": isBlocked = true
        case "complaint": hasComplaint = true
        case "do_not_call": isDoNotCall = true
        default: break  // a newer release's; the schema knows no other
        }
    }
}

extension ConsentStanding {
    fileprivate init(part row: SQLRow) throws {
        self.init(
            word: try row.get("value"), isDouble: try row.get("is_double"), since: try row.get("since"),
            entry: try row.get("entry_id"))
    }
}
