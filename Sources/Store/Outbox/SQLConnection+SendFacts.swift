package import Domain

/// When the gate is asked.
enum GateMoment {
    /// A command is taken on: what waits already will have left by then.
    case accepting
    /// The message is about to leave: only what has certainly left counts.
    case marking
}

/// Of conversation and number (aliases `c` and `n`), what ``SQLConnection/sendFacts(_:content:now:at:)`` reads.
enum SendColumns {
    /// With the message's own account (alias `m`).
    static let ofMessage = "c.owner, c.owner_staff_id, \(MessageAccount.columns), c.sender_known_at, \(number)"

    /// With the account that a command addresses, the parameter `:account`.
    static let ofPlace = """
        c.owner, c.owner_staff_id, c.sender_known_at,
            COALESCE(CAST(:account AS BIGINT), c.account_id) AS account_id,
            CASE WHEN CAST(:account AS BIGINT) <> c.account_id THEN NULL ELSE c.last_inbound_at END AS last_inbound_at,
            \(number)
        """

    static let number = """
        n.portfolio_id, n.waba_id, n.state AS number_state, n.access_token, n.verified_name,
            (SELECT w.name FROM workspace w WHERE w.id = n.workspace_id) AS workspace_name
        """
}

extension SQLConnection {
    /// What the gate must know, read in this transaction.
    /// - Parameter row: `workspace_id`, `contact_id`, `conversation_id` (NULL where there is none) and ``SendColumns``.
    func sendFacts(
        _ row: SQLRow, content: MessageContent, now: Timestamp, at moment: GateMoment
    ) throws -> SendFacts {
        let workspace: WorkspaceID = try row.get("workspace_id")
        let contact: ContactID = try row.get("contact_id")
        let lastInbound: Timestamp? = try row.get("last_inbound_at")
        let (standing, rules) = try recipientStanding(of: contact, in: workspace)
        return SendFacts(
            isHeld: try isHeld(),
            isNumberUsable: try row.get("number_state") == "connected"
                && row.get("access_token", as: String?.self) != nil,
            recipient: try recipient(
                contact: contact, account: try row.get("account_id"), portfolio: try row.get("portfolio_id"),
                in: workspace),
            standing: standing, owner: try row.owner, lastInbound: lastInbound,
            isWindowOpen: CustomerServiceWindow.isOpen(lastInbound: lastInbound, now: now),
            template: try templateFacts(for: content, waba: try row.get("waba_id"), in: workspace),
            sender: try row.sender,
            isSenderKnown: try isSenderKnown(row, content: content, rules: rules, at: moment), rules: rules)
    }

    /// Looked for only where it matters, and once found, kept.
    private func isSenderKnown(
        _ row: SQLRow, content: MessageContent, rules: SendGateRules, at moment: GateMoment
    ) throws -> Bool {
        if try row.get("sender_known_at", as: Timestamp?.self) != nil { return true }
        guard content.asksForSender, let conversation = try row.get("conversation_id", as: ConversationID?.self) else {
            return false
        }
        return try isSenderKnown(
            in: conversation, hasWritten: row.get("last_inbound_at", as: Timestamp?.self) != nil,
            workspace: row.get("workspace_id"), rules: rules, at: moment)
    }

    /// After a restore nothing leaves for customers until a person releases it.
    func isHeld() throws -> Bool {
        try value("SELECT value FROM installation WHERE name = 'held'", as: String.self) == "1"
    }

    /// A phone while one is known; else the BSUID of the number's own portfolio, else a parent BSUID. A phone that only a
    /// CRM or a list says is this person's comes last: mistyped there, it is a stranger's.
    /// - Parameter account: which of a merged person's WhatsApp accounts is meant; nil for their own. Where that one has no
    ///   address any more, another of the same person's does.
    func recipient(
        contact: ContactID, account: ContactID? = nil, portfolio: String, in workspace: WorkspaceID
    ) throws -> Recipient? {
        let all = try rows(
            """
            SELECT kind, scope, address, evidence, account_id FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
                AND kind IN ('phone', 'bsuid', 'parent_bsuid')
            ORDER BY valid_from DESC, id DESC
            """,
            ["workspace_id": workspace, "contact_id": contact])
        let meant = try all.filter {
            let handle: ContactID? = try $0.get("account_id")
            return handle == nil || handle == account ?? contact
        }
        return try recipient(among: meant, portfolio: portfolio) ?? recipient(among: all, portfolio: portfolio)
    }

    private func recipient(among rows: [SQLRow], portfolio: String) throws -> Recipient? {
        func address(_ kind: String, among rows: [SQLRow], scope: String? = nil) throws -> String? {
            try rows.first {
                let rowScope: String = try $0.get("scope")
                return try $0.get("kind") == kind && (scope == nil || rowScope == scope)
            }?.get("address")
        }
        let proven = try rows.filter { !HandleEvidence.isClaim(try $0.get("evidence")) }
        if let phone = try address("phone", among: proven) { return .phone(phone) }
        if let user = try address("bsuid", among: rows, scope: portfolio) ?? address("parent_bsuid", among: rows) {
            return .userID(user)
        }
        return try address("phone", among: rows).map(Recipient.phone)
    }

    func templateFacts(
        for content: MessageContent, waba: String, in workspace: WorkspaceID
    ) throws -> TemplateFacts? {
        guard case .template(let template) = content else { return nil }
        let row = try row(
            """
            SELECT facts, status, category FROM template
            WHERE workspace_id = :workspace_id AND waba_id = :waba_id AND name = :name AND language = :language
            """,
            ["workspace_id": workspace, "waba_id": waba, "name": template.name, "language": template.language])
        guard let row else { return nil }
        var facts: TemplateFacts = try row.json("facts")
        facts.status = try row.get("status")
        facts.category = try row.get("category")
        return facts
    }
}

extension SQLRow {
    /// Columns `owner` and `owner_staff_id`.
    package var owner: ConversationOwner {
        get throws {
            switch try get("owner", as: String.self) {
            case "automation": return .automation
            case "person":
                guard let staff = try get("owner_staff_id", as: StaffID?.self) else { return .queue }
                return .person(staff)
            default: return .queue
            }
        }
    }

    /// Columns `verified_name` and `workspace_name`.
    var sender: SenderName {
        get throws {
            SenderName([try get("verified_name", as: String?.self), try get("workspace_name", as: String?.self)])
        }
    }
}
