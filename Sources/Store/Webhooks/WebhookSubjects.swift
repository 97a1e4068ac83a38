import Domain

struct WebhookMessage {
    let id: MessageID
    let conversation: ConversationID
    let number: NumberID
    let isInbound: Bool
    let author: String?
    let content: MessageContent
    let isRevoked: Bool
    let at: Timestamp
    let failure: ShownFailure?

    /// What was taken back is not told any more.
    var text: String { isRevoked ? "" : content.plainText }
}

struct WebhookConversation {
    let id: ConversationID
    let number: NumberID
    let preview: String
}

/// What people call things, which events name.
struct WebhookNames {
    let numbers: [NumberID: String]
    let staff: [StaffID: String]
    /// The keys of those that are asked for.
    let fields: [FieldID: String]
}

/// Reads what events are about, each kind of thing in one statement.
struct WebhookSubjects {
    let connection: any SQLConnection
    let workspace: WorkspaceID

    func merged(_ ids: [ContactID]) throws -> Set<ContactID> {
        Set(
            try rows(
                "SELECT id FROM contact WHERE workspace_id = :workspace_id AND merged_into IS NOT NULL AND id IN", ids
            ).map { try $0.get("id", as: ContactID.self) })
    }

    func messages(_ ids: [MessageID]) throws -> [MessageID: WebhookMessage] {
        try rows(
            """
            SELECT id, conversation_id, number_id, is_inbound, author, kind, content, revoked_at, meta_at, failure
            FROM message WHERE workspace_id = :workspace_id AND id IN
            """, ids
        ).reduce(into: [:]) { messages, row in
            let id: MessageID = try row.get("id")
            messages[id] = WebhookMessage(
                id: id, conversation: try row.get("conversation_id"), number: try row.get("number_id"),
                isInbound: try row.get("is_inbound"), author: try row.get("author"),
                content: try row.content("content", kind: "kind"),
                isRevoked: try row.get("revoked_at", as: Int64?.self) != nil, at: try row.get("meta_at"),
                failure: try row.failure("failure"))
        }
    }

    func conversations(_ ids: [ConversationID]) throws -> [ConversationID: WebhookConversation] {
        try rows(
            "SELECT id, number_id, last_preview FROM conversation WHERE workspace_id = :workspace_id AND id IN", ids
        ).reduce(into: [:]) { conversations, row in
            let id: ConversationID = try row.get("id")
            conversations[id] = WebhookConversation(
                id: id, number: try row.get("number_id"), preview: try row.get("last_preview"))
        }
    }

    func names() throws -> WebhookNames {
        WebhookNames(
            numbers: try named("SELECT id, display_number AS name FROM number WHERE workspace_id = :workspace_id"),
            staff: try named("SELECT id, name FROM staff WHERE workspace_id = :workspace_id"),
            fields: try named(
                "SELECT id, key AS name FROM field WHERE workspace_id = :workspace_id AND archived_at IS NULL"))
    }

    private func named<Row>(_ sql: String) throws -> [Identifier<Row>: String] {
        try connection.rows(sql, ["workspace_id": workspace]).reduce(into: [:]) {
            $0[try $1.get("id", as: Identifier<Row>.self)] = try $1.get("name", as: String.self)
        }
    }

    /// - Parameter sql: ends before the list of ids.
    private func rows<Row>(_ sql: String, _ ids: [Identifier<Row>]) throws -> [SQLRow] {
        guard !ids.isEmpty else { return [] }
        let list = SQLValueList("id", ids)
        return try connection.rows("\(sql) \(list.sql)", list.arguments(["workspace_id": workspace]))
    }
}
