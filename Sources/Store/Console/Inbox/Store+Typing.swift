package import Domain

extension Store {
    /// Somebody writes an answer: the customer's phone shows it for 25 s, or until the answer comes. Meta ties that to
    /// the newest message of the customer's, which counts as read with it. Outside the service window nothing happens.
    ///
    /// - Returns: the lane to wake; empty when there is nothing to show.
    package func showTyping(_ conversation: ConversationID, in workspace: WorkspaceID) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            var report = RecordReport()
            guard
                let row = try connection.row(
                    """
                    SELECT c.number_id, c.last_inbound_at,
                        (SELECT m.id FROM message m
                            WHERE m.workspace_id = c.workspace_id AND m.conversation_id = c.id
                                AND m.origin = 'customer' AND m.wamid IS NOT NULL
                            ORDER BY m.meta_at DESC, m.id DESC LIMIT 1) AS newest
                    FROM conversation c
                    WHERE c.workspace_id = :workspace_id AND c.id = :id AND c.state = 'open'
                    """,
                    ["workspace_id": workspace, "id": conversation]),
                CustomerServiceWindow.isOpen(
                    lastInbound: try row.get("last_inbound_at", as: Timestamp?.self), now: now),
                let newest = try row.get("newest", as: MessageID?.self)
            else { return report }
            let number: NumberID = try row.get("number_id")
            try connection.enqueue(
                NewJob(
                    kind: .markRead, workspace: workspace, lane: .number(number), orderingKey: conversation.rawValue,
                    subject: newest.rawValue, dedupKey: "typing:\(conversation)", payload: #"{"typing":true}"#),
                id: store.ids.next(), at: now)
            report.lanes = [.number(number)]
            return report
        }
    }
}
