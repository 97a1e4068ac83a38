package import Domain

/// Reads a page of a conversation for an export, with all that belongs to its messages.
struct PersonMessageReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    func read(_ rows: [SQLRow]) throws -> [PersonMessage] {
        var messages = try rows.map(PersonMessage.init)
        guard !messages.isEmpty else { return [] }
        let ids = SQLValueList("message", messages.map(\.id))
        let statuses = try statuses(ids)
        let versions = try versions(ids)
        let reactions = try reactions(ids)
        let files = try files(of: messages)
        for index in messages.indices {
            let id = messages[index].id
            messages[index].statuses = statuses[id] ?? []
            messages[index].versions = versions[id] ?? []
            messages[index].reactions = reactions[id] ?? []
            messages[index].file = messages[index].content.carriedMedia?.storedID.flatMap { files[$0] }
        }
        return messages
    }

    private func statuses(_ ids: SQLValueList) throws -> [MessageID: [PersonMessage.StatusNews]] {
        try connection.rows(
            """
            SELECT message_id, status, at FROM status_event
            WHERE workspace_id = :workspace_id AND message_id IN \(ids.sql)
            ORDER BY at, id
            """, ids.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) { found, row in
            found[try row.get("message_id"), default: []].append(
                .init(status: try row.get("status"), at: try row.get("at")))
        }
    }

    private func versions(_ ids: SQLValueList) throws -> [MessageID: [PersonMessage.Version]] {
        try connection.rows(
            """
            SELECT m.id, v.kind, v.content, v.at FROM message m
            JOIN message_version v ON v.workspace_id = m.workspace_id AND v.number_id = m.number_id
                AND v.original = m.wamid
            WHERE m.workspace_id = :workspace_id AND m.id IN \(ids.sql)
            ORDER BY v.at, v.id
            """, ids.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) { found, row in
            found[try row.get("id"), default: []].append(
                .init(kind: try row.get("kind"), at: try row.get("at"), content: try row.decoration("content")))
        }
    }

    private func reactions(_ ids: SQLValueList) throws -> [MessageID: [PersonMessage.Reaction]] {
        try connection.rows(
            """
            SELECT m.id, r.is_inbound, r.emoji, r.at FROM message m
            JOIN reaction r ON r.workspace_id = m.workspace_id AND r.number_id = m.number_id AND r.target = m.wamid
            WHERE m.workspace_id = :workspace_id AND m.id IN \(ids.sql) AND r.emoji <> ''
            """, ids.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) { found, row in
            found[try row.get("id"), default: []].append(
                .init(isInbound: try row.get("is_inbound"), emoji: try row.get("emoji"), at: try row.get("at")))
        }
    }

    private func files(of messages: [PersonMessage]) throws -> [MediaID: PersonMessage.File] {
        let wanted = messages.compactMap { $0.content.carriedMedia?.storedID }
        guard !wanted.isEmpty else { return [:] }
        let ids = SQLValueList("media", wanted)
        return try connection.rows(
            """
            SELECT id, kind, mime_type, filename, size, CASE WHEN state = 'stored' THEN sha256 END AS sha256 FROM media
            WHERE workspace_id = :workspace_id AND id IN \(ids.sql)
            """, ids.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) { found, row in
            let file = PersonMessage.File(
                id: try row.get("id"), kind: try row.get("kind"), mimeType: try row.get("mime_type"),
                filename: try row.get("filename"), size: try row.get("size"), sha256: try row.get("sha256"))
            found[file.id] = file
        }
    }
}

extension Store {
    /// A page of a conversation in the order of time; `next` leads on.
    package func personMessages(
        of conversation: ConversationID, after: ListPosition?, limit: Int = ListLimit.range.upperBound,
        in workspace: WorkspaceID
    ) async throws -> ListPage<PersonMessage> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .work) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "m")
            conditions.add("m.conversation_id = :conversation_id", "conversation_id", conversation)
            if let after {
                conditions.add("(m.meta_at, m.id) > (:after_key, :after_id)", "after_key", after.key)
                conditions.set("after_id", after.id)
            }
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(PersonMessage.columns) FROM message m \(conditions.sql) ORDER BY m.meta_at, m.id LIMIT :limit
                """, conditions.arguments)
            let messages = try PersonMessageReader(connection: connection, workspace: workspace).read(rows)
            return ListPage(fetched: messages, limit: limit) {
                ListPosition(key: $0.at.moment.milliseconds, id: $0.id.rawValue)
            }
        }
    }
}
