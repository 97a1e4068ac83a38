package import Domain

/// When the gate is asked.
enum GateMoment {
    /// A command is taken on: what waits already will have left by then.
    case accepting
    /// The message is about to leave: only what has certainly left counts.
    case marking
}

/// Of conversation and number (aliases `c` and `n`), what ``GateFacts`` reads.
enum SendColumns {
    /// With the message's own account (alias `m`).
    static let ofMessage = "c.owner, c.owner_staff_id, \(MessageAccount.columns), c.sender_known_by, \(number)"

    /// With the account that a command addresses, the parameter `:account`.
    static let ofPlace = """
        c.owner, c.owner_staff_id, c.sender_known_by,
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
    /// What the gate must know of one message, read in this transaction.
    /// - Parameter row: as ``GateFacts/facts(_:content:)`` reads it.
    func sendFacts(
        _ row: SQLRow, content: MessageContent, now: Timestamp, at moment: GateMoment
    ) throws -> SendFacts {
        var gate = GateFacts(connection: self, now: now, moment: moment)
        return try gate.facts(row, content: content)
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
        try addresses(of: [contact], in: workspace)[contact]?.recipient(
            of: account ?? contact, portfolio: portfolio)
    }

    /// What contacts can be written to at. Who has none is missing.
    func addresses(of contacts: [ContactID], in workspace: WorkspaceID) throws -> [ContactID: ContactAddresses] {
        let list = SQLValueList("contact", contacts)
        let rows = try rows(
            """
            SELECT contact_id, kind, scope, address, evidence, account_id,
                CASE WHEN unreachable_since IS NULL THEN 0 ELSE 1 END AS is_unreachable
            FROM handle
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND valid_to IS NULL
                AND kind IN ('phone', 'bsuid', 'parent_bsuid')
            ORDER BY valid_from DESC, id DESC
            """, list.arguments(["workspace_id": workspace]))
        var found: [ContactID: ContactAddresses] = [:]
        for row in rows { found[try row.get("contact_id"), default: ContactAddresses()].add(try .init(row)) }
        return found
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
