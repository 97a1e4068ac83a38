import Domain

extension MessageAcceptance {
    /// Behind the insert, since the file's row names its message.
    func attachFile(of content: MessageContent, to message: MessageID) throws {
        try connection.attachFile(of: content, to: message, in: command.workspace)
    }
}

extension SQLConnection {
    /// A file goes with the newest message that shows it. One that none has shown for a month goes as well: see
    /// ``Store/prune(_:while:)``.
    func attachFile(of content: MessageContent, to message: MessageID, in workspace: WorkspaceID) throws {
        guard let media = content.carriedMedia?.storedID else { return }
        try execute(
            """
            UPDATE media SET message_id = :message_id
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'stored'
            """,
            ["message_id": message, "workspace_id": workspace, "id": media])
    }

    /// A file that came in stays with the message that it came with, and what Meta has of a file is known to one number
    /// alone: a message that sends such a file on gets a row of its own, of the same bytes. Meta's id is not taken
    /// along: those out of webhooks live seven days, and another number does not know it.
    func withOwnFile(
        _ content: MessageContent, from number: NumberID, in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws -> MessageContent {
        guard let media = content.carriedMedia?.storedID, let row = try storedFile(media, in: workspace),
            try row.get("came_in") || row.get("number_id", as: NumberID.self) != number
        else { return content }
        let copy = store.ids.next(MediaRow.self)
        try execute(
            """
            INSERT INTO media
                (id, workspace_id, number_id, kind, mime_type, filename, size, sha256, state, created_at)
            VALUES
                (:id, :workspace_id, :number_id, :kind, :mime_type, :filename, :size, :sha256, 'stored', :now)
            """,
            [
                "id": copy, "workspace_id": workspace, "number_id": number,
                "kind": try row.get("kind", as: String.self), "mime_type": try row.get("mime_type", as: String?.self),
                "filename": try row.get("filename", as: String?.self), "size": try row.get("size", as: Int64?.self),
                "sha256": try row.get("sha256", as: String?.self), "now": now,
            ])
        return content.replacingMedia { $0.storedID = copy }
    }

    /// Kept from being pruned until the copy is written, which then keeps the bytes.
    private func storedFile(_ media: MediaID, in workspace: WorkspaceID) throws -> SQLRow? {
        try row(
            """
            SELECT number_id, kind, mime_type, filename, size, sha256, CASE WHEN EXISTS (
                    SELECT 1 FROM message m
                    WHERE m.workspace_id = :workspace_id AND m.id = media.message_id
                        AND m.origin IN ('customer', 'echo', 'history')
                ) THEN 1 ELSE 0 END AS came_in
            FROM media WHERE workspace_id = :workspace_id AND id = :id AND state = 'stored'
            \(dialect.forShare)
            """,
            ["workspace_id": workspace, "id": media])
    }
}
