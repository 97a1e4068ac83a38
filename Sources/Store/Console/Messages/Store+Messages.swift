package import Domain

/// Which messages a list shows.
package struct MessageQuery: Sendable {
    package var conversation: ConversationID?
    package var contact: ContactID?
    package var number: NumberID?
    package var isInbound: Bool?
    package var before: ListPosition?
    package var limit: Int

    package init(
        conversation: ConversationID? = nil, contact: ContactID? = nil, number: NumberID? = nil,
        isInbound: Bool? = nil, before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.conversation = conversation
        self.contact = contact
        self.number = number
        self.isInbound = isInbound
        self.before = before
        self.limit = limit
    }
}

extension Store {
    /// A page of a thread, **oldest first**, which ends before the position or at the newest message.
    /// Sorted by (Meta's time, id); `next` leads to the page before.
    package func thread(
        _ conversation: ConversationID, before: ListPosition? = nil, limit: Int = ListLimit.usual,
        in workspace: WorkspaceID
    ) async throws -> ListPage<StoredMessage> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "m")
            conditions.add("m.conversation_id = :conversation_id", "conversation_id", conversation)
            conditions.add(before: before, key: "m.meta_at", id: "m.id")
            let page = try connection.messages(conditions, order: "m.meta_at DESC, m.id DESC", limit: limit) {
                ListPosition(key: $0.at.milliseconds, id: $0.id.rawValue)
            }
            return ListPage(items: page.items.reversed(), next: page.next)
        }
    }

    /// Messages, newest first: one conversation's by Meta's time, others by our id.
    package func messages(_ query: MessageQuery, in workspace: WorkspaceID) async throws -> ListPage<StoredMessage> {
        let limit = ListLimit.clamped(query.limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "m")
            query.addFilters(to: &conditions)
            guard query.conversation != nil else {
                conditions.add(before: query.before, id: "m.id")
                return try connection.messages(conditions, order: "m.id DESC", limit: limit) {
                    ListPosition(id: $0.id.rawValue)
                }
            }
            conditions.add(before: query.before, key: "m.meta_at", id: "m.id")
            return try connection.messages(conditions, order: "m.meta_at DESC, m.id DESC", limit: limit) {
                ListPosition(key: $0.at.milliseconds, id: $0.id.rawValue)
            }
        }
    }

    package func message(_ id: MessageID, in workspace: WorkspaceID) async throws -> StoredMessage? {
        try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "m")
            conditions.add("m.id = :id", "id", id)
            return try connection.messages(conditions, order: "m.id", limit: 1) { ListPosition(id: $0.id.rawValue) }
                .items.first
        }
    }

    /// The row of a file: what it is and where its bytes are.
    package func mediaFile(_ id: MediaID, in workspace: WorkspaceID) async throws -> MessageFile? {
        try await database.read(on: .console) { connection in
            try connection.row(
                "SELECT \(MessageFile.columns) FROM media f WHERE f.workspace_id = :workspace_id AND f.id = :id",
                ["workspace_id": workspace, "id": id]
            ).map(MessageFile.init)
        }
    }
}

extension MessageQuery {
    fileprivate func addFilters(to conditions: inout SQLConditions) {
        if let conversation {
            conditions.add("m.conversation_id = :conversation_id", "conversation_id", conversation)
        }
        if let contact { conditions.add(person: contact, "m.contact_id") }
        if let number { conditions.add("m.number_id = :number_id", "number_id", number) }
        if let isInbound { conditions.add("m.is_inbound = :is_inbound", "is_inbound", isInbound) }
    }
}

extension SQLConnection {
    fileprivate func messages(
        _ conditions: SQLConditions, order: String, limit: Int, position: (StoredMessage) -> ListPosition
    ) throws -> ListPage<StoredMessage> {
        var conditions = conditions
        conditions.set("limit", limit + 1)
        let rows = try rows(
            "SELECT \(StoredMessage.columns) FROM message m \(conditions.sql) ORDER BY \(order) LIMIT :limit",
            conditions.arguments)
        let reader = MessageReader(connection: self, workspace: conditions.workspace)
        return ListPage(fetched: try reader.read(rows), limit: limit, position: position)
    }
}
