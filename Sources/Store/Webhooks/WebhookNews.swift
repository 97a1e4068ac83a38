import Domain

/// What a trigger noted of a fact.
struct WebhookNews: Sendable {
    let type: WebhookEventType
    /// A message, a contact, a conversation.
    let subject: Int64
    let contact: ContactID
    /// What the fact said then: a status, a standing and its purpose, the owners before and after.
    let detail: [String]
    /// Nil: now.
    let at: Timestamp?

    /// Nil for what only a newer release knows.
    init?(_ row: SQLRow) throws {
        guard let type = WebhookEventType(rawValue: try row.get("type")) else { return nil }
        self.type = type
        subject = try row.get("subject_id")
        contact = try row.get("contact_id")
        detail = try row.get("detail", as: String.self).split(separator: " ").map(String.init)
        at = try row.get("at")
    }
}

extension [WebhookNews] {
    /// Of a contact each kind of change once, and nothing beside that it is new.
    var once: [WebhookNews] {
        let made = Set(filter { $0.type == .contactCreated }.map(\.contact))
        var changed: Set<ContactID> = []
        return filter { news in
            guard news.type == .contactUpdated else { return true }
            return !made.contains(news.contact) && changed.insert(news.contact).inserted
        }
    }
}

extension SQLConnection {
    /// The oldest, which go. What is committed meanwhile is taken later, however low its id.
    /// - Returns: also how many there were, those of newer releases included.
    func takeWebhookNews(limit: Int, in workspace: WorkspaceID) throws -> (news: [WebhookNews], count: Int) {
        let rows = try rows(
            """
            SELECT id, type, subject_id, contact_id, detail, at FROM webhook_news
            WHERE workspace_id = :workspace_id ORDER BY id LIMIT :limit
            """, ["workspace_id": workspace, "limit": limit])
        guard !rows.isEmpty else { return ([], 0) }
        let news = try rows.compactMap(WebhookNews.init)
        try forget(rows, in: workspace)
        try forgetChanges(of: news, in: workspace)
        return (news.once, rows.count)
    }

    private func forget(_ rows: [SQLRow], in workspace: WorkspaceID) throws {
        let taken = SQLValueList("news", try rows.map { try $0.get("id", as: Int64.self) })
        try execute(
            "DELETE FROM webhook_news WHERE workspace_id = :workspace_id AND id IN \(taken.sql)",
            taken.arguments(["workspace_id": workspace]))
    }

    /// A new contact comes with numbers and labels: more of the same transaction may lie behind what was taken.
    private func forgetChanges(of news: [WebhookNews], in workspace: WorkspaceID) throws {
        let contacts = Set(news.filter { [.contactCreated, .contactUpdated].contains($0.type) }.map(\.contact))
        guard !contacts.isEmpty else { return }
        let list = SQLValueList("contact", contacts.sorted())
        try execute(
            """
            DELETE FROM webhook_news
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND type = 'contact.updated'
            """, list.arguments(["workspace_id": workspace]))
    }
}
