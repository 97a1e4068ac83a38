import Domain

/// A conversation of one of the two, while an undo sorts them.
private struct SortedConversation {
    let id: ConversationID
    let number: NumberID
    let contact: ContactID
    let isOpen: Bool
    let lastInbound: Timestamp?
    let lastMessage: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        number = try row.get("number_id")
        contact = try row.get("contact_id")
        isOpen = try row.get("state") == "open"
        lastInbound = try row.get("last_inbound_at")
        lastMessage = try row.get("last_message_at")
    }
}

extension MergeUndo {
    /// Messages that came since the merge lie where the merged person's conversation was. Each goes to the person whose
    /// account it came from or went to: the whole conversation when all of it is theirs, else into their own
    /// conversation on the same number.
    func sortConversations() throws {
        var changed: Set<ConversationID> = []
        for conversation in try conversations() {
            let strangers = try messages(of: conversation)
            guard !strangers.isEmpty else { continue }
            let other = conversation.contact == loser ? winner : loser
            if try isWholly(of: other, conversation) {
                try give(conversation, to: other)
            } else {
                let target = try self.conversation(of: other, like: conversation)
                try moveUnread(strangers, from: conversation.id, to: target)
                try connection.executeMany(
                    """
                    UPDATE message SET conversation_id = :target, contact_id = :contact
                    WHERE workspace_id = :workspace_id AND id = :id
                    """,
                    strangers.map {
                        ["target": target, "contact": other, "workspace_id": workspace, "id": $0]
                    })
                changed.formUnion([conversation.id, target])
            }
        }
        for conversation in changed.sorted() { try summarise(conversation) }
        try followConversations()
    }

    private func conversations() throws -> [SortedConversation] {
        try connection.rows(
            """
            SELECT id, number_id, contact_id, state, last_inbound_at, last_message_at FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id IN (:winner, :loser) ORDER BY id
            """, ["workspace_id": workspace, "winner": winner, "loser": loser]
        ).map(SortedConversation.init)
    }

    /// Messages in it of an account that is the other person's.
    private func messages(of conversation: SortedConversation) throws -> [MessageID] {
        try connection.rows(
            """
            SELECT id, account_id FROM message
            WHERE workspace_id = :workspace_id AND conversation_id = :id AND account_id IS NOT NULL ORDER BY id
            """, ["workspace_id": workspace, "id": conversation.id]
        ).compactMap { row in
            person(of: try row.get("account_id")) == conversation.contact ? nil : try row.get("id")
        }
    }

    /// What says nothing of an account is older than the merge, and its contact's; or was written since to nobody in
    /// particular, and goes with the others. (By the order of ids: both may be of one millisecond.)
    private func isWholly(of person: ContactID, _ conversation: SortedConversation) throws -> Bool {
        try connection.rows(
            """
            SELECT DISTINCT account_id FROM message
            WHERE workspace_id = :workspace_id AND conversation_id = :id
                AND (account_id IS NOT NULL OR id < :change)
            """, ["workspace_id": workspace, "id": conversation.id, "change": change]
        ).allSatisfy { row in
            try row.get("account_id", as: ContactID?.self).map { self.person(of: $0) == person } ?? false
        }
    }

    /// Of two open ones on a number the one with the newer message of the customer stays open, as everywhere.
    private func give(_ conversation: SortedConversation, to person: ContactID) throws {
        if conversation.isOpen, let open = try own(conversation.number, of: person).first(where: \.isOpen) {
            let never = Timestamp(milliseconds: 0)
            let isNewer = (conversation.lastInbound ?? never) > (open.lastInbound ?? never)
            try close(isNewer ? open.id : conversation.id)
        }
        try connection.execute(
            "UPDATE conversation SET contact_id = :contact WHERE workspace_id = :workspace_id AND id = :id",
            ["contact": person, "workspace_id": workspace, "id": conversation.id])
    }

    private func close(_ conversation: ConversationID) throws {
        try connection.execute(
            """
            UPDATE conversation
            SET state = 'closed', owner_version = owner_version + 1, waiting_since = NULL, unread = 0
            WHERE workspace_id = :workspace_id AND id = :id
            """, ["workspace_id": workspace, "id": conversation])
    }

    private func own(_ number: NumberID, of person: ContactID) throws -> [SortedConversation] {
        try conversations().filter { $0.number == number && $0.contact == person }
            .sorted { ($0.isOpen ? 1 : 0, $0.lastMessage) > ($1.isOpen ? 1 : 0, $1.lastMessage) }
    }

    /// The open one of that person on the same number, else the newest, else a new one. What lies in an open one waits for
    /// somebody, perhaps: it goes into no closed one, where nobody would see it.
    private func conversation(
        of person: ContactID, like conversation: SortedConversation
    ) throws -> ConversationID {
        let own = try own(conversation.number, of: person)
        if let known = own.first(where: { $0.isOpen || !conversation.isOpen }) { return known.id }
        let id = store.ids.next(ConversationRow.self)
        try connection.execute(
            """
            INSERT INTO conversation
                (id, workspace_id, number_id, contact_id, state, owner, last_message_at, created_at)
            VALUES (:id, :workspace_id, :number_id, :contact_id, :state, 'queue', :at, :now)
            """,
            [
                "id": id, "workspace_id": workspace, "number_id": conversation.number, "contact_id": person,
                "state": conversation.isOpen ? "open" : "closed", "at": conversation.lastMessage, "now": now,
            ])
        return id
    }

    /// What nobody has read of the messages stays unread where they go.
    private func moveUnread(
        _ messages: [MessageID], from conversation: ConversationID, to target: ConversationID
    ) throws {
        let unread = try connection.value(
            "SELECT unread FROM conversation WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": conversation], as: Int.self)
        let waiting = try summarised(conversation).filter(\.isWaiting).prefix(unread ?? 0).map(\.id)
        let moved = Set(waiting).intersection(messages).count
        for (id, count) in [(conversation, -moved), (target, moved)] {
            try connection.execute(
                "UPDATE conversation SET unread = unread + :count WHERE workspace_id = :workspace_id AND id = :id",
                ["count": count, "workspace_id": workspace, "id": id])
        }
    }

    /// Messages are of whom their conversation is of.
    private func followConversations() throws {
        for conversation in try conversations() {
            try connection.execute(
                """
                UPDATE message SET contact_id = :contact
                WHERE workspace_id = :workspace_id AND conversation_id = :id AND contact_id <> :contact
                """, ["contact": conversation.contact, "workspace_id": workspace, "id": conversation.id])
        }
    }
}

extension MergeUndo {
    /// The newest first.
    fileprivate func summarised(_ conversation: ConversationID) throws -> [SummarisedMessage] {
        try connection.rows(
            """
            SELECT id, account_id, is_inbound, origin, content, context, meta_at, revoked_at FROM message
            WHERE workspace_id = :workspace_id AND conversation_id = :id
            ORDER BY meta_at DESC, id DESC LIMIT 500
            """, ["workspace_id": workspace, "id": conversation]
        ).map(SummarisedMessage.init)
    }

    /// A conversation that lost or got messages says again what its messages say. What nobody has answered counts as
    /// unread, at most as much as was. Who read the company's name in which thread is asked no further: it is said again.
    /// It is with the account that wrote last in it, and with none that went with the other.
    private func summarise(_ conversation: ConversationID) throws {
        let messages = try summarised(conversation)
        let newest = messages.first { $0.isShown }
        let unanswered = messages.prefix { !$0.isAnswer }.filter(\.isWaiting)
        let lastInbound = messages.first(where: \.isWaiting)
        try connection.execute(
            """
            UPDATE conversation
            SET last_message_id = :newest, last_preview = :preview, last_is_inbound = :is_inbound,
                last_message_at = COALESCE(:newest_at, last_message_at), last_inbound_at = :last_inbound,
                sender_known_by = NULL,
                account_id = COALESCE(CAST(:account AS BIGINT), (
                    SELECT p.id FROM contact p
                    WHERE p.workspace_id = conversation.workspace_id AND p.id = conversation.account_id
                        AND p.merged_into = conversation.contact_id
                ), contact_id),
                waiting_since = CASE WHEN state = 'closed' THEN NULL ELSE CAST(:waiting_since AS BIGINT) END,
                unread = CASE WHEN state = 'closed' THEN 0 WHEN unread < :unanswered THEN unread ELSE :unanswered END
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "newest": newest?.id, "preview": newest?.preview ?? "", "is_inbound": newest?.isInbound ?? true,
                "newest_at": newest?.at, "last_inbound": lastInbound?.at, "account": lastInbound?.account,
                "waiting_since": unanswered.last?.at, "unanswered": unanswered.count, "workspace_id": workspace,
                "id": conversation,
            ])
    }
}

/// A message, as far as its conversation's line in the list needs it.
private struct SummarisedMessage {
    let id: MessageID
    /// Which of a merged person's WhatsApp accounts it is of.
    let account: ContactID?
    let at: Timestamp
    let isInbound: Bool
    let isShown: Bool
    let preview: String
    /// The customer wrote it, and somebody should answer.
    let isWaiting: Bool
    /// A person answered.
    let isAnswer: Bool

    init(_ row: SQLRow) throws {
        let origin: String = try row.get("origin")
        let isRevoked = try row.get("revoked_at", as: Timestamp?.self) != nil
        id = try row.get("id")
        account = try row.get("account_id")
        at = try row.get("meta_at")
        isInbound = try row.get("is_inbound")
        let isOfGroup = try row.jsonIfPresent("context", as: MessageContext.self)?.groupID != nil
        isAnswer = origin == "staff"
        do {
            let content: MessageContent = try row.json("content")
            isShown = content.isShownInList
            preview = isRevoked ? "" : content.preview
            isWaiting = origin == "customer" && !isOfGroup && content.opensWindow
        } catch SQLError.decoding {
            // What nobody can read any more is no line in a list.
            (isShown, preview, isWaiting) = (false, "", false)
        }
    }
}
