package import Domain

extension Store {
    /// The list at the left of the inbox: by the time of the newest message, newest first.
    package func conversations(
        _ query: ConversationQuery, in workspace: WorkspaceID
    ) async throws -> ListPage<ConversationSummary> {
        let limit = ListLimit.clamped(query.limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "c")
            query.addFilters(to: &conditions, dialect: connection.dialect)
            conditions.add(before: query.before, key: "c.last_message_at", id: "c.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(ConversationSummary.columns)
                \(ConversationSummary.tables)
                \(conditions.sql)
                ORDER BY c.last_message_at DESC, c.id DESC
                LIMIT :limit
                """, conditions.arguments)
            return ListPage(fetched: try rows.map(ConversationSummary.init), limit: limit) {
                ListPosition(key: $0.lastMessageAt.milliseconds, id: $0.id.rawValue)
            }
        }
    }

    /// The numbers on the inbox's tabs.
    /// - Parameter staff: the reader, for "mine".
    package func conversationCounts(
        for staff: StaffID?, in workspace: WorkspaceID
    ) async throws -> [InboxView: ListCount] {
        try await database.read(on: .console) { connection in
            var counts: [InboxView: ListCount] = [:]
            for view in InboxView.allCases {
                var conditions = SQLConditions(workspace: workspace, alias: "c")
                view.add(to: &conditions, staff: staff)
                counts[view] = try connection.count(
                    "FROM conversation c \(conditions.sql)", conditions.arguments)
            }
            return counts
        }
    }

    /// The head of one conversation: the row of the list. Nil when there is none.
    package func conversation(
        _ id: ConversationID, in workspace: WorkspaceID
    ) async throws -> ConversationSummary? {
        try await database.read(on: .console) { connection in
            try connection.conversation(id, in: workspace)
        }
    }
}

extension ConversationQuery {
    fileprivate func addFilters(to conditions: inout SQLConditions, dialect: SQLDialect) {
        view.add(to: &conditions, staff: staff)
        if let number { conditions.add("c.number_id = :number_id", "number_id", number) }
        if let contact { conditions.add("c.contact_id = :contact_id", "contact_id", contact) }
        conditions.add(SearchText(search), in: "p.search_text", dialect: dialect)
    }
}

extension SQLConnection {
    func conversation(_ id: ConversationID, in workspace: WorkspaceID) throws -> ConversationSummary? {
        try row(
            """
            SELECT \(ConversationSummary.columns)
            \(ConversationSummary.tables)
            WHERE c.workspace_id = :workspace_id AND c.id = :id
            """,
            ["workspace_id": workspace, "id": id]
        ).map(ConversationSummary.init)
    }
}
