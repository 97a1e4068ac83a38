import Domain

/// The files of a person who is erased, inside one transaction.
struct ErasureFiles {
    let connection: any SQLConnection
    let erasure: OpenErasure

    private var workspace: WorkspaceID { erasure.workspace }

    /// Files that the company sent to this person and to others under one upload: each with the newest message of another
    /// person that shows it, whose the file is from now on.
    /// - Parameter limit: of the person's messages, the oldest first.
    func heirs(limit: Int) throws -> [MediaID: MessageID] {
        let list = SQLValueList("person", erasure.traces.contacts)
        let rows = try connection.rows(
            """
            SELECT kind, content FROM (
                SELECT id, is_inbound, kind, content FROM message
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
                ORDER BY id LIMIT :limit
            ) AS m
            WHERE is_inbound = 0 AND kind IN ('media', 'template', 'interactive')
            """, list.arguments(["workspace_id": workspace, "limit": limit]))
        let sent = Set(try rows.compactMap { try $0.content("content", kind: "kind").carriedMedia?.storedID })
        return try sent.sorted().reduce(into: [:]) { heirs, media in
            if let heir = try newestOther(showing: media) { heirs[media] = heir }
        }
    }

    /// No index knows what contents show; a message that shows a file is younger than its row.
    private func newestOther(showing media: MediaID) throws -> MessageID? {
        let list = SQLValueList("person", erasure.traces.contacts)
        return try connection.value(
            """
            SELECT id FROM message
            WHERE workspace_id = :workspace_id AND id > :media AND is_inbound = 0
                AND kind IN ('media', 'template', 'interactive') AND contact_id NOT IN \(list.sql)
                AND content LIKE :shown
            ORDER BY id DESC LIMIT 1
            """,
            list.arguments(["workspace_id": workspace, "media": media, "shown": "%\"storedID\":\"\(media)\"%"]))
    }

    func files(limit: Int) throws -> [PrunedMedia] {
        try connection.rows(
            """
            SELECT m.id, m.workspace_id, CASE WHEN EXISTS (
                    SELECT 1 FROM media o
                    WHERE o.workspace_id = m.workspace_id AND o.sha256 = m.sha256 AND o.state <> 'pruned'
                ) THEN NULL ELSE m.sha256 END AS file
            FROM media m
            WHERE m.workspace_id = :workspace_id AND m.message_id = :erasure AND m.state = 'pruned'
            ORDER BY m.id LIMIT :limit
            """, ["workspace_id": workspace, "erasure": erasure.id, "limit": limit]
        ).map {
            PrunedMedia(id: try $0.get("id"), workspace: try $0.get("workspace_id"), file: try $0.get("file"))
        }
    }
}
