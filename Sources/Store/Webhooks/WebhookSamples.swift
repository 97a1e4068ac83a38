import Domain

/// What events would have said of the newest facts.
struct WebhookSamples {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let now: Timestamp

    func events(_ type: WebhookEventType, limit: Int, pages: WebhookPages) throws -> [WebhookEvent] {
        guard let sql = Self.newest(type) else { return [] }
        let news = try connection.rows(
            "\(sql) LIMIT :limit", ["workspace_id": workspace, "limit": limit]
        ).compactMap(WebhookNews.init)
        let payloads = try WebhookPayloads(of: news, pages: pages, on: connection, in: workspace)
        return try news.compactMap { news in
            guard let data = payloads.data(of: news) else { return nil }
            let id = WebhookEventID(rawValue: news.subject)
            let at = news.at ?? now
            let payload = try WebhookEvent.payload(
                name: WebhookEvent.name(id), type, at: at, data.merging(["sequence": .null]) { $1 })
            return WebhookEvent(id: id, type: type, payload: payload, at: at)
        }
    }

    /// Rows as the triggers write them, newest first. Walks an index, or the rows from the newest on.
    private static func newest(_ type: WebhookEventType) -> String? {
        let row = "SELECT '\(type.rawValue)' AS type,"
        switch type {
        case .messageReceived:
            return """
                \(row) id AS subject_id, contact_id, '' AS detail, meta_at AS at FROM message
                WHERE workspace_id = :workspace_id AND is_inbound = 1 AND origin = 'customer' AND kind <> 'system'
                ORDER BY id DESC
                """
        case .messageStatusChanged:
            return """
                \(row) id AS subject_id, contact_id, status AS detail, status_at AS at FROM message
                WHERE workspace_id = :workspace_id AND is_inbound = 0
                    AND status IN ('sent', 'delivered', 'read', 'played', 'failed', 'refused')
                ORDER BY id DESC
                """
        case .contactCreated:
            return """
                \(row) id AS subject_id, id AS contact_id, '' AS detail, created_at AS at FROM contact
                WHERE workspace_id = :workspace_id AND merged_into IS NULL ORDER BY id DESC
                """
        case .contactUpdated:
            return """
                \(row) id AS subject_id, id AS contact_id, '' AS detail, updated_at AS at FROM contact
                WHERE workspace_id = :workspace_id AND merged_into IS NULL ORDER BY updated_at DESC, id DESC
                """
        case .consentChanged:
            return """
                \(row) contact_id AS subject_id, contact_id, standing || ' ' || purpose AS detail, since AS at
                FROM consent WHERE workspace_id = :workspace_id ORDER BY entry_id DESC
                """
        case .conversationHandedOver:
            return """
                \(row) id AS subject_id, contact_id,
                    'queue ' || owner || ' ' || CAST(COALESCE(owner_staff_id, 0) AS TEXT) AS detail,
                    last_message_at AS at
                FROM conversation
                WHERE workspace_id = :workspace_id AND state = 'open' AND owner = 'person'
                ORDER BY last_message_at DESC, id DESC
                """
        case .test: return nil
        }
    }
}
