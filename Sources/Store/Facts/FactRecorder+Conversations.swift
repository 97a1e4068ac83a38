import Domain

struct ConversationKey: Hashable {
    let number: NumberID
    let contact: ContactID
}

/// What a batch changes about one conversation, written once at its end.
struct ConversationChange {
    let id: ConversationID
    let workspace: WorkspaceID
    var newestAt: Timestamp?
    var newestID: MessageID?
    var newestIsInbound = false
    var preview = ""
    var lastInbound: Timestamp?
    var firstInbound: Timestamp?
    var unread = 0
    /// Which of a merged person's WhatsApp accounts the customer last wrote from.
    var account: ContactID?
}

extension FactRecorder {
    /// The open conversation of the pair; a new one, owned by the queue, when there is none.
    mutating func conversation(
        with person: Correspondent, on number: RoutingTable.Number, at: Timestamp
    ) throws -> ConversationID {
        let key = ConversationKey(number: number.id, contact: person.contact)
        if let known = conversations[key] { return known.id }
        let id =
            try openConversation(key, workspace: number.workspace)
            ?? makeConversation(key, account: person.account, number: number, at: at)
        conversations[key] = ConversationChange(id: id, workspace: number.workspace)
        return id
    }

    private func openConversation(_ key: ConversationKey, workspace: WorkspaceID) throws -> ConversationID? {
        try connection.value(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                AND state = 'open'
            """,
            ["workspace_id": workspace, "number_id": key.number, "contact_id": key.contact])
    }

    private func makeConversation(
        _ key: ConversationKey, account: ContactID?, number: RoutingTable.Number, at: Timestamp
    ) throws -> ConversationID {
        let id = store.ids.next(ConversationRow.self)
        try connection.execute(
            """
            INSERT INTO conversation
                (id, workspace_id, number_id, contact_id, account_id, state, owner, last_message_at, created_at)
            VALUES (:id, :workspace_id, :number_id, :contact_id, :account_id, 'open', 'queue', :at, :now)
            """,
            [
                "id": id, "workspace_id": number.workspace, "number_id": key.number, "contact_id": key.contact,
                "account_id": account, "at": at, "now": now,
            ])
        return id
    }

    /// History and echoes are facts only: they open no window and count as nothing unread. So is what a customer writes
    /// in a group: Meta lets nobody answer it in private, and an answer here would be one.
    mutating func noteMessage(
        _ message: ReceivedMessage, id: MessageID, from person: Correspondent, on number: NumberID
    ) {
        let key = ConversationKey(number: number, contact: person.contact)
        guard var change = conversations[key] else { return }
        if message.content.isShownInList, message.at >= change.newestAt ?? message.at {
            change.newestAt = message.at
            change.newestID = id
            change.newestIsInbound = message.isInbound
            change.preview = message.content.preview
        }
        if case .customer = message.origin, message.groupID == nil, message.content.opensWindow {
            if message.at >= change.lastInbound ?? message.at { change.account = person.account ?? change.account }
            change.lastInbound = max(change.lastInbound ?? message.at, message.at)
            change.firstInbound = min(change.firstInbound ?? message.at, message.at)
            change.unread += 1
        }
        conversations[key] = change
    }

    /// Changes the line of a message in the list, where it is its conversation's newest: in this batch, or written by an
    /// earlier one.
    mutating func showInList(
        _ preview: String, of message: MessageID, in conversation: ConversationID, workspace: WorkspaceID
    ) throws {
        for key in conversations.keys where conversations[key]?.newestID == message {
            conversations[key]?.preview = preview
        }
        try connection.execute(
            """
            UPDATE conversation SET last_preview = :preview
            WHERE workspace_id = :workspace_id AND id = :id AND last_message_id = :message
            """,
            ["preview": preview, "workspace_id": workspace, "id": conversation, "message": message])
    }

    func writeConversations() throws {
        let changes = conversations.values.filter { $0.newestAt != nil || $0.lastInbound != nil }
        try connection.executeMany(
            """
            UPDATE conversation
            SET last_message_id = CASE WHEN :newest_at >= last_message_at THEN :newest_id ELSE last_message_id END,
                last_preview = CASE WHEN :newest_at >= last_message_at THEN :preview ELSE last_preview END,
                last_is_inbound = CASE WHEN :newest_at >= last_message_at THEN :is_inbound ELSE last_is_inbound END,
                last_message_at = \(connection.dialect.greatest("last_message_at", ":newest_at")),
                account_id = CASE
                    WHEN CAST(:account AS BIGINT) IS NULL OR :last_inbound < COALESCE(last_inbound_at, 0)
                    THEN account_id ELSE :account
                END,
                last_inbound_at = CASE
                    WHEN CAST(:last_inbound AS BIGINT) IS NULL THEN last_inbound_at
                    ELSE \(connection.dialect.greatest("COALESCE(last_inbound_at, :last_inbound)", ":last_inbound"))
                END,
                sender_known_by = CASE
                    WHEN COALESCE(last_inbound_at, 0) <= :window_before AND sender_known_by < :named_since THEN NULL
                    WHEN CAST(:account AS BIGINT) <> account_id AND :last_inbound >= COALESCE(last_inbound_at, 0)
                    THEN NULL
                    ELSE sender_known_by
                END,
                waiting_since = COALESCE(waiting_since, :first_inbound),
                unread = unread + :unread
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            changes.sorted { $0.id < $1.id }.map(\.arguments))
    }
}

extension ConversationChange {
    /// A message that opens a new customer service window begins the conversation anew: the company says who writes, unless
    /// it did in the 24 hours before. So does one from another of a merged person's WhatsApp accounts, which has a thread of
    /// its own.
    fileprivate var arguments: SQLArguments {
        let windowBefore = lastInbound.map { $0 - CustomerServiceWindow.length }
        return [
            "window_before": windowBefore, "named_since": windowBefore.map(IDGenerator.lowest),
            "newest_at": newestAt ?? Timestamp(milliseconds: 0), "newest_id": newestID, "preview": preview,
            "is_inbound": newestIsInbound, "account": account, "last_inbound": lastInbound,
            "first_inbound": firstInbound,
            "unread": unread, "workspace_id": workspace, "id": id,
        ]
    }
}
