import Domain

/// Takes one command on, inside one transaction.
struct MessageAcceptance {
    let store: Store
    let connection: any SQLConnection
    let command: MessageCommand
    let now: Timestamp

    func accept() throws -> AcceptedMessage {
        let place = try place()
        let row = try placeRow(place)
        try requireExpectedOwner(row, place)
        let context = try context(in: place)
        let written = try TemplateParameters(connection: connection, workspace: command.workspace)
            .filled(command.content, for: place.contact)
        let checked = try checked(written, row)
        let content = try connection.withOwnFile(
            checked.content, from: place.number, in: command.workspace, store: store, at: now)
        let id = store.ids.next(MessageRow.self)
        try insert(content, context: context, id: id, place: place, account: row.get("account_id"))
        try attachFile(of: content, to: id)
        try touch(place, content: content, id: id)
        let lanes = try enqueue(id, place: place)
        return AcceptedMessage(
            message: id, conversation: place.conversation, contact: place.contact, lanes: lanes,
            addedLine: checked.addedLine)
    }

    struct MessagePlace {
        let number: NumberID
        let contact: ContactID
        let conversation: ConversationID
        /// Which of a merged person's accounts was addressed; nil for the one that the conversation is with.
        var account: ContactID?
    }

    /// Number, contact and owner of the conversation, in the columns that `sendFacts` reads.
    private func placeRow(_ place: MessagePlace) throws -> SQLRow {
        let row = try connection.row(
            """
            SELECT c.id AS conversation_id, c.workspace_id, c.contact_id, \(SendColumns.ofPlace)
            FROM conversation c
            JOIN number n ON n.id = c.number_id AND n.workspace_id = c.workspace_id
            WHERE c.workspace_id = :workspace_id AND c.id = :id
            """,
            ["account": place.account, "workspace_id": command.workspace, "id": place.conversation])
        guard let row else { throw PuenteError.noConversation }
        return row
    }

    /// A person who took the conversation after its author looked at it, and is not the author, has the word.
    private func requireExpectedOwner(_ row: SQLRow, _ place: MessagePlace) throws {
        guard let expected = command.expecting, case .person(let staff) = try row.owner, staff != command.author.staff,
            try row.owner != expected, let now = try connection.conversation(place.conversation, in: command.workspace)
        else { return }
        throw PuenteError.ownerChanged(now)
    }

    /// The content as it will be stored: a template gets its rendered text, a first message the line that says who writes.
    private func checked(
        _ written: MessageContent, _ row: SQLRow
    ) throws -> (content: MessageContent, addedLine: String?) {
        let facts = try connection.sendFacts(row, content: written, now: now, at: .accepting)
        let content = SendGate.completed(written, facts: facts)
        let request = SendRequest(author: command.author.kind, content: content)
        // A held installation accepts: the message waits for the release like those before it.
        if let refusal = SendGate.check(request, facts: facts), refusal != .installationHeld {
            throw PuenteError(
                .refused, detail: refusal.rawValue, message: refusal.sentence(naming: facts.sender))
        }
        guard case .template(var template) = content, let definition = facts.template else {
            return (content, content == written ? nil : facts.rules.senderLine(naming: facts.sender))
        }
        template.rendered = definition.rendered(with: template)
        return (.template(template), nil)
    }

    private func insert(
        _ content: MessageContent, context: String?, id: MessageID, place: MessagePlace, account: ContactID?
    ) throws {
        try connection.execute(
            """
            INSERT INTO message
                (id, workspace_id, number_id, conversation_id, contact_id, account_id, is_inbound, origin, author,
                 staff_id, kind, content, context, meta_at, stored_at, received_at, status, status_at, retry_of)
            VALUES
                (:id, :workspace_id, :number_id, :conversation_id, :contact_id, :account_id, 0, :origin, :author,
                 :staff_id, :kind, :content, :context, :now, :now, :now, 'queued', :now, :retry_of)
            """,
            [
                "id": id, "workspace_id": command.workspace, "number_id": place.number,
                "conversation_id": place.conversation, "contact_id": place.contact, "account_id": account,
                "origin": command.author.origin, "author": command.author.name,
                "staff_id": command.author.staff, "kind": content.kind, "content": try JSONText.encode(content),
                "context": context, "now": now, "retry_of": command.retryOf,
            ])
    }

    /// What is quoted, as JSON. It may stand in an earlier conversation of the same pair: the customer sees one thread,
    /// and no message of any other.
    private func context(in place: MessagePlace) throws -> String? {
        guard let replyTo = command.replyTo else { return nil }
        let wamid = try connection.value(
            """
            SELECT wamid FROM message
            WHERE workspace_id = :workspace_id AND id = :id AND number_id = :number_id AND contact_id = :contact_id
            """,
            [
                "workspace_id": command.workspace, "id": replyTo, "number_id": place.number,
                "contact_id": place.contact,
            ], as: String?.self)
        guard case let wamid?? = wamid else { throw PuenteError.unknownReply }
        return try JSONText.encode(MessageContext(context: ReceivedMessage.Context(messageID: wamid)))
    }

    /// The conversation shows the message; a person's answer ends the customer's waiting, and takes the conversation over
    /// from automation or the queue.
    private func touch(_ place: MessagePlace, content: MessageContent, id: MessageID) throws {
        try connection.execute(
            """
            UPDATE conversation
            SET last_message_at = \(connection.dialect.greatest("last_message_at", ":now")), last_message_id = :id,
                last_preview = :preview, last_is_inbound = 0,
                waiting_since = CASE WHEN :answers = 1 THEN NULL ELSE waiting_since END,
                unread = CASE WHEN :answers = 1 THEN 0 ELSE unread END
            WHERE workspace_id = :workspace_id AND id = :conversation_id
            """,
            [
                "now": now, "id": id, "preview": content.preview, "answers": command.author.answers(with: content),
                "workspace_id": command.workspace, "conversation_id": place.conversation,
            ])
        guard let staff = command.author.staff else { return }
        try connection.execute(
            """
            UPDATE conversation
            SET owner = 'person', owner_staff_id = :staff_id, owner_version = owner_version + 1
            WHERE workspace_id = :workspace_id AND id = :conversation_id AND owner <> 'person'
            """,
            ["staff_id": staff, "workspace_id": command.workspace, "conversation_id": place.conversation])
    }

    private func enqueue(_ id: MessageID, place: MessagePlace) throws -> Set<Lane> {
        let number = Lane.number(place.number)
        try connection.enqueue(
            NewJob(
                kind: .send, workspace: command.workspace, lane: number, orderingKey: place.contact.rawValue,
                subject: id.rawValue),
            id: try sendID(in: number, to: place.contact), at: now)
        let crms = try connection.rows(
            "SELECT id FROM connection WHERE workspace_id = :workspace_id AND state <> 'disabled'",
            ["workspace_id": command.workspace]
        ).map { try $0.get("id", as: ConnectionID.self) }
        var counters = CounterDeltas()
        for crm in crms {
            try connection.insertActivity(of: id, in: command.workspace, for: crm, notApplicable: nil)
            counters.add("crm.\(crm).stored", 1, workspace: command.workspace)
            try connection.enqueue(
                NewJob(
                    kind: .recordActivity, workspace: command.workspace, lane: .connection(crm),
                    orderingKey: place.contact.rawValue, subject: id.rawValue),
                id: store.ids.next(), at: now)
        }
        counters.add("sends.queued", 1, workspace: command.workspace)
        try counters.write(connection, at: now, node: store.ids.node)
        return Set([number] + crms.map(Lane.connection))
    }
}

extension MessageAcceptance {
    /// Behind everything that waits for the contact, whatever clock made it: jobs go in the order of their ids. The
    /// conversation's row is changed by now, so that no other answer comes between.
    private func sendID(in lane: Lane, to contact: ContactID) throws -> JobID {
        let last = try connection.value(
            """
            SELECT id FROM job
            WHERE lane = :lane AND workspace_id = :workspace_id AND ordering_key = :ordering_key
                AND (state IN ('available', 'running', 'sending') OR holds = 1)
            ORDER BY id DESC LIMIT 1
            """,
            ["lane": lane, "workspace_id": command.workspace, "ordering_key": contact.rawValue], as: JobID.self)
        return last.map { store.ids.next(after: $0) } ?? store.ids.next()
    }
}

extension MessageCommand.Author {
    var kind: SendRequest.Author {
        switch self {
        case .staff: .staff
        case .api: .api
        case .crm: .crm
        case .automation: .automation
        case .consent: .consent
        }
    }

    /// As the table of messages has it: what Puente says by itself is automation.
    var origin: String {
        switch self {
        case .staff, .api, .crm, .automation: kind.rawValue
        case .consent: SendRequest.Author.automation.rawValue
        }
    }

    /// The author of what Puente says about consent; no rule may have this name.
    static let puente = "Puente"

    var name: String {
        switch self {
        case .staff(_, let name): name
        case .api(let key): key
        case .crm(let connection): connection
        case .automation(let rule): rule == Self.puente ? "«\(rule)»" : rule
        case .consent: Self.puente
        }
    }

    /// Whether a person has read the customer's question and answers it. A program has not, and a CRM's workflows send
    /// templates: the news that a parcel is on its way must not hide that somebody waits.
    func answers(with content: MessageContent) -> Bool {
        switch self {
        case .staff: true
        case .crm: if case .template = content { false } else { true }
        case .api, .automation, .consent: false
        }
    }

    var staff: StaffID? {
        if case .staff(let id, _) = self { id } else { nil }
    }
}
