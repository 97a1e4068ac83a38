import Domain

/// Reads what the send gate must know, inside one transaction. What many messages share is asked for once: a batch that
/// is marked costs a handful of statements, however many messages it holds.
struct GateFacts {
    private struct TemplateKey: Hashable {
        let waba: String
        let name: String
        let language: String
    }

    private struct Person {
        var standing: RecipientStanding
        var addresses: ContactAddresses
    }

    let connection: any SQLConnection
    let now: Timestamp
    let moment: GateMoment
    /// Whom else this transaction will ask about.
    private var expected: [ContactID]
    private var people: [ContactID: Person] = [:]
    private var rules = SendGateRules()
    private var isHeld: Bool?
    private var templates: [TemplateKey: TemplateFacts?] = [:]

    /// - Parameter contacts: whom messages go to that will be asked about, of one workspace.
    init(connection: any SQLConnection, now: Timestamp, moment: GateMoment, contacts: [ContactID] = []) {
        self.connection = connection
        self.now = now
        self.moment = moment
        expected = contacts
    }

    /// - Parameter row: `workspace_id`, `contact_id`, `conversation_id` (NULL where there is none) and ``SendColumns``.
    mutating func facts(_ row: SQLRow, content: MessageContent) throws -> SendFacts {
        let workspace: WorkspaceID = try row.get("workspace_id")
        let contact: ContactID = try row.get("contact_id")
        let lastInbound: Timestamp? = try row.get("last_inbound_at")
        let person = try person(contact, in: workspace)
        let recipient = person.addresses.recipient(
            of: try row.get("account_id") ?? contact, portfolio: try row.get("portfolio_id"))
        return SendFacts(
            isHeld: try held(),
            isNumberUsable: try row.get("number_state") == "connected"
                && row.get("access_token", as: String?.self) != nil,
            recipient: recipient, standing: person.standing, owner: try row.owner, lastInbound: lastInbound,
            isWindowOpen: CustomerServiceWindow.isOpen(lastInbound: lastInbound, now: now),
            template: try template(for: content, waba: try row.get("waba_id"), in: workspace),
            sender: try row.sender,
            isSenderKnown: try isSenderKnown(row, content: content), rules: rules,
            isRecipientUnreachable: person.addresses.isUnreachable(recipient))
    }

    private mutating func held() throws -> Bool {
        if let isHeld { return isHeld }
        let value = try connection.isHeld()
        isHeld = value
        return value
    }

    private mutating func person(_ contact: ContactID, in workspace: WorkspaceID) throws -> Person {
        if let known = people[contact] { return known }
        let asked = Array(Set(expected + [contact])).sorted()
        expected = []
        let addresses = try connection.addresses(of: asked, in: workspace)
        let standings = try connection.recipientStandings(of: asked, in: workspace)
        rules = standings.rules
        for contact in asked {
            people[contact] = Person(
                standing: standings.people[contact] ?? .stranger, addresses: addresses[contact] ?? ContactAddresses())
        }
        return people[contact] ?? Person(standing: .stranger, addresses: ContactAddresses())
    }

    private mutating func template(
        for content: MessageContent, waba: String, in workspace: WorkspaceID
    ) throws -> TemplateFacts? {
        guard case .template(let template) = content else { return nil }
        let key = TemplateKey(waba: waba, name: template.name, language: template.language)
        if let known = templates[key] { return known }
        let facts = try connection.templateFacts(for: content, waba: waba, in: workspace)
        templates[key] = .some(facts)
        return facts
    }

    /// Looked for only where it matters, and once found, kept.
    private func isSenderKnown(_ row: SQLRow, content: MessageContent) throws -> Bool {
        if try row.get("sender_known_by", as: MessageID?.self) != nil { return true }
        guard content.asksForSender, let conversation = try row.get("conversation_id", as: ConversationID?.self) else {
            return false
        }
        return try connection.isSenderKnown(
            in: conversation, hasWritten: row.get("last_inbound_at", as: Timestamp?.self) != nil,
            workspace: row.get("workspace_id"), rules: rules, at: moment)
    }
}
