import Domain

extension SendMarker {
    /// The message that named the company did not arrive after all, so this one says it: what is kept and shown is what
    /// leaves.
    func keepLine(of row: SQLRow, facts: SendFacts) throws {
        let message: MessageID = try row.get("id")
        let content = SendGate.completed(try row.json("content"), facts: facts)
        let arguments: SQLArguments = [
            "content": try JSONText.encode(content), "preview": content.preview, "message_id": message,
            "conversation_id": try row.get("conversation_id", as: ConversationID.self),
            "workspace_id": try row.get("workspace_id", as: WorkspaceID.self),
        ]
        try connection.execute(
            "UPDATE message SET content = :content WHERE workspace_id = :workspace_id AND id = :message_id", arguments)
        try connection.execute(
            """
            UPDATE conversation SET last_preview = :preview
            WHERE workspace_id = :workspace_id AND id = :conversation_id AND last_message_id = :message_id
            """, arguments)
    }
}
