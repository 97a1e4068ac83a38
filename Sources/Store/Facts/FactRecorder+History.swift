import Domain

extension FactRecorder {
    /// A file of the history comes after its thread, under the wamid of the `media_placeholder` that held its place
    /// there, and takes that place. Who wrote it and when stays as the thread said. Anything else with a wamid that is
    /// known changes nothing.
    mutating func fillPlaceholder(with message: ReceivedMessage, on number: RoutingTable.Number) throws {
        guard case .history = message.origin, !message.content.isPlaceholder,
            let place = try placeholder(message.id, on: number)
        else { return }
        var content = message.content
        let media = adopt(&content)
        try connection.execute(
            "UPDATE message SET kind = :kind, content = :content WHERE workspace_id = :workspace_id AND id = :id",
            [
                "kind": content.kind, "content": try JSONText.encode(content), "workspace_id": number.workspace,
                "id": place.message,
            ])
        if let media { try insert(media, of: place.message, message: message, on: number) }
        try showInList(content.preview, of: place.message, in: place.conversation, workspace: number.workspace)
        try applyVersions(to: place.message, in: place.conversation, wamid: message.id, on: number)
        report.conversations[number.workspace, default: []].insert(place.conversation)
    }

    private struct Placeholder {
        let message: MessageID
        let conversation: ConversationID
    }

    private func placeholder(_ wamid: String, on number: RoutingTable.Number) throws -> Placeholder? {
        let row = try connection.row(
            """
            SELECT id, conversation_id, content FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid AND origin = 'history'
                AND kind = 'unsupported'
            \(connection.dialect.forUpdate)
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "wamid": wamid])
        guard let row, try row.json("content", as: MessageContent.self).isPlaceholder else { return nil }
        return Placeholder(message: try row.get("id"), conversation: try row.get("conversation_id"))
    }

}

extension MessageContent {
    fileprivate var isPlaceholder: Bool {
        if case .unsupported(let content) = self { content.kind == "media_placeholder" } else { false }
    }
}
