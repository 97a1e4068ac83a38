package import Domain

extension Store {
    /// A person has seen the thread: nothing is unread any more, and a job tells the customer's phone.
    ///
    /// - Parameter seen: the newest message on the page; what came after it stays unread. Nil: all of it.
    /// - Returns: the lane to wake, and the changed conversation; empty when nothing was unread.
    package func markRead(
        _ conversation: ConversationID, upTo seen: MessageID?, in workspace: WorkspaceID
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let marking = ReadMarking(
                store: store, connection: connection, workspace: workspace, conversation: conversation, now: now)
            return try marking.mark(upTo: seen)
        }
    }
}

/// Marks a conversation as read inside one transaction.
struct ReadMarking {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let conversation: ConversationID
    let now: Timestamp

    func mark(upTo seen: MessageID?) throws -> RecordReport {
        guard let number = try unreadNumber() else { return RecordReport() }
        let position = try seen.flatMap { try self.position(of: $0) }
        return try mark(upTo: position, on: number)
    }

    /// Somebody read it elsewhere, whatever the console knows of that: the customer's phone is told in any case.
    func mark(read message: MessageID, on number: NumberID) throws -> RecordReport {
        try mark(upTo: try position(of: message), on: number)
    }

    private func mark(upTo position: ListPosition?, on number: NumberID) throws -> RecordReport {
        let left = try position.map(unread(after:)) ?? 0
        // Never more than it was: what was answered is read, too.
        try connection.execute(
            """
            UPDATE conversation SET unread = CASE WHEN unread < :left THEN unread ELSE :left END
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["left": left, "workspace_id": workspace, "id": conversation])
        var report = RecordReport()
        report.conversations[workspace] = [conversation]
        report.workspaces = [workspace]
        if let newest = try newestInbound(upTo: position) {
            try enqueue(newest, on: number)
            report.lanes = [.number(number)]
        }
        return report
    }

    /// The conversation's number; nil when nothing is unread.
    private func unreadNumber() throws -> NumberID? {
        try connection.value(
            """
            SELECT number_id FROM conversation
            WHERE workspace_id = :workspace_id AND id = :id AND unread > 0 \(connection.dialect.forUpdate)
            """,
            ["workspace_id": workspace, "id": conversation])
    }

    private func position(of message: MessageID) throws -> ListPosition? {
        try connection.row(
            """
            SELECT meta_at, id FROM message
            WHERE workspace_id = :workspace_id AND id = :id AND conversation_id = :conversation_id
            """,
            ["workspace_id": workspace, "id": message, "conversation_id": conversation]
        ).map { ListPosition(key: try $0.get("meta_at"), id: try $0.get("id")) }
    }

    private func unread(after position: ListPosition) throws -> Int {
        try connection.value(
            """
            SELECT COUNT(*) AS rows FROM message
            WHERE workspace_id = :workspace_id AND conversation_id = :conversation_id AND origin = 'customer'
                AND kind NOT IN ('system', 'unsupported') AND (meta_at, id) > (:meta_at, :id)
                AND COALESCE(context, '') NOT LIKE '%"groupID":%'
            """,
            [
                "workspace_id": workspace, "conversation_id": conversation, "meta_at": position.key, "id": position.id,
            ]) ?? 0
    }

    /// Meta marks everything before it as read, too.
    private func newestInbound(upTo position: ListPosition?) throws -> MessageID? {
        try connection.value(
            """
            SELECT id FROM message
            WHERE workspace_id = :workspace_id AND conversation_id = :conversation_id AND origin = 'customer'
                AND wamid IS NOT NULL AND (meta_at, id) <= (:meta_at, :id)
            ORDER BY meta_at DESC, id DESC
            LIMIT 1
            """,
            [
                "workspace_id": workspace, "conversation_id": conversation, "meta_at": position?.key ?? .max,
                "id": position?.id ?? .max,
            ])
    }

    /// Its own ordering key, so that a message never waits for a receipt. One that still waits goes for the newer message.
    private func enqueue(_ message: MessageID, on number: NumberID) throws {
        let key = "read:\(conversation)"
        let replaced = try connection.execute(
            """
            UPDATE job SET subject_id = :subject_id
            WHERE workspace_id = :workspace_id AND dedup_key = :dedup_key AND state = 'available' AND NOT EXISTS (
                SELECT 1 FROM message waiting
                JOIN message m ON m.workspace_id = waiting.workspace_id AND m.id = :subject_id
                WHERE waiting.workspace_id = job.workspace_id AND waiting.id = job.subject_id
                    AND (waiting.meta_at, waiting.id) > (m.meta_at, m.id)
            )
            """,
            ["subject_id": message, "workspace_id": workspace, "dedup_key": key])
        guard replaced == 0 else { return }
        try connection.enqueue(
            NewJob(
                kind: .markRead, workspace: workspace, lane: .number(number), orderingKey: conversation.rawValue,
                subject: message.rawValue, dedupKey: key), id: store.ids.next(), at: now)
    }
}
