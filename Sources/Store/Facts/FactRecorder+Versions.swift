import Domain

extension FactRecorder {
    mutating func record(_ edit: MessageEdit, on number: RoutingTable.Number) throws {
        try recordVersion(
            "edit", event: edit.id, of: edit.originalID, content: try JSONText.encode(edit.content), at: edit.at,
            on: number)
    }

    mutating func record(_ revocation: MessageRevocation, on number: RoutingTable.Number) throws {
        try recordVersion(
            "revoke", event: revocation.id, of: revocation.originalID, content: nil, at: revocation.at, on: number)
    }

    /// The change is kept also when its message is not here yet, and applied when it comes.
    private mutating func recordVersion(
        _ kind: String, event: String, of original: String, content: String?, at: Timestamp,
        on number: RoutingTable.Number
    ) throws {
        guard try !isErased(original, on: number) else {
            return count("others", "duplicates", workspace: number.workspace)
        }
        let isNew = try connection.execute(
            """
            INSERT INTO message_version (id, workspace_id, event_wamid, original, number_id, kind, content, at)
            VALUES (:id, :workspace_id, :event_wamid, :original, :number_id, :kind, :content, :at)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": store.ids.next(MessageRow.self), "workspace_id": number.workspace, "event_wamid": event,
                "original": original, "number_id": number.id, "kind": kind, "content": content, "at": at,
            ])
        guard isNew == 1 else { return count("others", "duplicates", workspace: number.workspace) }
        count("others", "stored", workspace: number.workspace)
        let row = try connection.row(
            """
            SELECT id, contact_id, conversation_id FROM message
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND wamid = :wamid
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "wamid": original])
        guard let row else { return }
        let message: MessageID = try row.get("id")
        let conversation: ConversationID = try row.get("conversation_id")
        try applyVersions(to: message, in: conversation, wamid: original, on: number)
        report.conversations[number.workspace, default: []].insert(conversation)
        try enqueueActivityUpdates(of: message, contact: try row.get("contact_id"), workspace: number.workspace)
    }

    /// Brings a message to its newest version, by Meta's time, whatever order the changes came in, and its line in the
    /// list with it: nothing of what was deleted stays there.
    mutating func applyVersions(
        to message: MessageID, in conversation: ConversationID, wamid: String, on number: RoutingTable.Number
    ) throws {
        let versions = try connection.rows(
            """
            SELECT id, event_wamid, kind, content, at FROM message_version
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND original = :original
            ORDER BY at, id
            """,
            ["workspace_id": number.workspace, "number_id": number.id, "original": wamid])
        guard !versions.isEmpty else { return }
        try connection.execute(
            "UPDATE message_version SET message_id = :message_id WHERE workspace_id = :workspace_id AND number_id = :number_id AND original = :original",
            ["message_id": message, "workspace_id": number.workspace, "number_id": number.id, "original": wamid])
        for version in versions {
            try apply(version, to: message, in: number.workspace)
            try hearConsent(inEdit: version, of: message, in: conversation, on: number)
        }
        if let preview = try preview(of: message, in: number.workspace) {
            try showInList(preview, of: message, in: conversation, workspace: number.workspace)
        }
    }

    private func preview(of message: MessageID, in workspace: WorkspaceID) throws -> String? {
        let row = try connection.row(
            "SELECT content, revoked_at FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message])
        guard let row else { return nil }
        if try row.get("revoked_at", as: Timestamp?.self) != nil { return "" }
        return try row.json("content", as: MessageContent.self).preview
    }

    private func apply(_ version: SQLRow, to message: MessageID, in workspace: WorkspaceID) throws {
        let at: Timestamp = try version.get("at")
        if try version.get("kind") == "revoke" {
            try connection.execute(
                "UPDATE message SET revoked_at = :at WHERE workspace_id = :workspace_id AND id = :id",
                ["at": at, "workspace_id": workspace, "id": message])
            return
        }
        let content = try keepingFile(of: message, in: workspace, version.json("content"))
        try connection.execute(
            """
            UPDATE message SET content = :content, kind = :kind, edited_at = :at
            WHERE workspace_id = :workspace_id AND id = :id AND COALESCE(edited_at, 0) <= :at
            """,
            [
                "content": try JSONText.encode(content), "kind": content.kind, "at": at, "workspace_id": workspace,
                "id": message,
            ])
    }

    /// A new caption comes without the file that it belongs to.
    private func keepingFile(
        of message: MessageID, in workspace: WorkspaceID, _ edited: MessageContent
    ) throws -> MessageContent {
        guard case .media(var media) = edited, media.storedID == nil else { return edited }
        let row = try connection.row(
            "SELECT content FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message])
        guard case .media(let former)? = try row?.json("content", as: MessageContent.self) else { return edited }
        media.storedID = former.storedID
        media.mediaID = media.mediaID ?? former.mediaID
        media.mimeType = media.mimeType ?? former.mimeType
        media.filename = media.filename ?? former.filename
        return .media(media)
    }
}
