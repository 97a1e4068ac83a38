package import Domain

extension SQLConnection {
    /// What the gate must know, read in this transaction.
    /// - Parameter row: message, conversation and number, as `SendMarker` and `Store.accept` select them.
    func sendFacts(_ row: SQLRow, content: MessageContent, now: Timestamp) throws -> SendFacts {
        let workspace: WorkspaceID = try row.get("workspace_id")
        return SendFacts(
            isHeld: try isHeld(),
            isNumberUsable: try row.get("number_state") == "connected"
                && row.get("access_token", as: String?.self) != nil,
            recipient: try recipient(
                contact: try row.get("contact_id"), portfolio: try row.get("portfolio_id"), in: workspace),
            owner: try row.owner,
            isWindowOpen: CustomerServiceWindow.isOpen(
                lastInbound: try row.get("last_inbound_at", as: Timestamp?.self), now: now),
            template: try templateFacts(for: content, waba: try row.get("waba_id"), in: workspace))
    }

    /// After a restore nothing leaves for customers until a person releases it.
    func isHeld() throws -> Bool {
        try value("SELECT value FROM installation WHERE name = 'held'", as: String.self) == "1"
    }

    /// A phone while one is known; else the BSUID of the number's own portfolio, else a parent BSUID. A phone that only a
    /// CRM says is this person's comes last: mistyped there, it is a stranger's.
    func recipient(contact: ContactID, portfolio: String, in workspace: WorkspaceID) throws -> Recipient? {
        let rows = try rows(
            """
            SELECT kind, scope, address, evidence FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
                AND kind IN ('phone', 'bsuid', 'parent_bsuid')
            ORDER BY valid_from DESC, id DESC
            """,
            ["workspace_id": workspace, "contact_id": contact])
        func address(_ kind: String, among rows: [SQLRow], scope: String? = nil) throws -> String? {
            try rows.first {
                let rowScope: String = try $0.get("scope")
                return try $0.get("kind") == kind && (scope == nil || rowScope == scope)
            }?.get("address")
        }
        let proven = try rows.filter { try $0.get("evidence") != "crm" }
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
}
