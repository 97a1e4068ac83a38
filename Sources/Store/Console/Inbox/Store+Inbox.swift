package import Domain

extension Store {
    /// The list at the left of the inbox: by the time of the newest message, newest first.
    package func conversations(
        _ query: ConversationQuery, in workspace: WorkspaceID
    ) async throws -> ListPage<ConversationSummary> {
        let limit = ListLimit.clamped(query.limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "c")
            query.addFilters(to: &conditions)
            let start = try connection.narrow(&conditions, by: SearchText(query.search), in: workspace)
            conditions.add(before: query.before, key: "c.last_message_at", id: "c.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                \(start.found)
                SELECT \(ConversationSummary.columns)
                \(start.tables)
                \(ConversationSummary.joins)
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
    fileprivate func addFilters(to conditions: inout SQLConditions) {
        view.add(to: &conditions, staff: staff)
        if let number { conditions.add("c.number_id = :number_id", "number_id", number) }
        if let contact { conditions.add(person: contact, "c.contact_id") }
    }
}

extension SQLConnection {
    /// Leaves the conversations with contacts that a search finds. Where these are few, their conversations are gathered;
    /// where they are many, a walk through the list meets enough of them soon.
    fileprivate func narrow(
        _ conditions: inout SQLConditions, by search: SearchText, in workspace: WorkspaceID
    ) throws -> (found: String, tables: String) {
        let walk = (found: "", tables: "FROM conversation c")
        let filters = try filters(search, in: workspace)
        guard !filters.isEmpty else { return walk }
        try preferIndexes()
        for filter in filters {
            conditions.add(filter.condition)
            for (name, value) in filter.arguments.pairs { conditions.set(name, value) }
        }
        guard let source = try leader(of: filters, conditions.arguments)?.source else { return walk }
        conditions.add("c.id = t.id")
        let found = """
            WITH found AS MATERIALIZED (\(source)), talks AS MATERIALIZED (
                SELECT v.id FROM found f CROSS JOIN conversation v
                WHERE v.workspace_id = :workspace_id AND v.contact_id = f.id
            )
            """
        return (found, "FROM talks t CROSS JOIN conversation c")
    }

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
