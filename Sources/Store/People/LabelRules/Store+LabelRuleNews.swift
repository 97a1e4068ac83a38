package import Domain

/// What one step of the keeper of rules came to.
package struct LabelRuleStep: Sendable {
    /// Contacts whose labels changed.
    package let changed: Int
    package let hasMore: Bool
    /// Conversations with them, which open pages show.
    package let report: RecordReport

    static let idle = LabelRuleStep(changed: 0, hasMore: false, report: RecordReport())
}

extension Store {
    /// Deeds of a rule within this time stand under one change.
    static let labelRuleWindow: Duration = .minutes(1)

    /// Asks the rules of a workspace about contacts of whom something changed, the longest waiting first.
    ///
    /// In one transaction: what changes meanwhile is noted behind it.
    /// - Parameter limit: contacts; fewer where there are many rules.
    package func askLabelRulesOfChanged(limit: Int = 200, in workspace: WorkspaceID) async throws -> LabelRuleStep {
        let isWaiting = try await database.read(on: .work) { connection in
            try connection.row(
                "SELECT id FROM label_rule_news WHERE workspace_id = :workspace_id LIMIT 1",
                ["workspace_id": workspace]) != nil
        }
        guard isWaiting else { return .idle }
        let (clock, ids) = (segmentClock, ids)
        return try await database.write(on: .work) { connection in
            let plan = try connection.heldLabelRulePlan(in: workspace)
            let limit = plan.contactsAtOnce(limit)
            let news = try connection.labelRuleNews(limit: limit, in: workspace)
            let questions = LabelRuleQuestions(connection: connection, workspace: workspace, clock: clock)
            var deeds = LabelRuleDeeds(questions, ids: ids, since: clock.now - Self.labelRuleWindow)
            let contacts = Set(news.map(\.contact)).sorted()
            let changed = try plan.steps.isEmpty ? [] : deeds.settle(contacts, plan)
            try connection.executeMany(
                "DELETE FROM label_rule_news WHERE workspace_id = :workspace_id AND id = :id",
                news.map { ["workspace_id": workspace, "id": $0.id] })
            return LabelRuleStep(
                changed: changed.count, hasMore: news.count == limit,
                report: try connection.report(of: changed, in: workspace))
        }
    }
}

extension LabelRulePlan {
    /// So many that one transaction does not ask more than a few thousand times.
    func contactsAtOnce(_ limit: Int) -> Int {
        let rules = steps.reduce(0) { $0 + $1.rules.count }
        return min(limit, max(20, 4000 / max(1, rules)))
    }
}

extension SQLConnection {
    /// The rules that are on. Until the transaction ends nobody makes, changes or deletes one.
    func heldLabelRulePlan(in workspace: WorkspaceID) throws -> LabelRulePlan {
        try lock(["label rules"], in: workspace)
        return LabelRulePlan(try labelRules(in: workspace).map(\.rule))
    }

    /// The open conversations of some contacts, for pages that show them.
    func report(of contacts: Set<ContactID>, in workspace: WorkspaceID) throws -> RecordReport {
        var report = RecordReport()
        guard !contacts.isEmpty else { return report }
        let list = SQLValueList("contact", contacts.sorted())
        let conversations = try rows(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND state = 'open'
            """, list.arguments(["workspace_id": workspace])
        ).map { try $0.get("id", as: ConversationID.self) }
        report.conversations[workspace] = Set(conversations)
        return report
    }

    fileprivate func labelRuleNews(
        limit: Int, in workspace: WorkspaceID
    ) throws -> [(id: Int64, contact: ContactID)] {
        try rows(
            """
            SELECT id, contact_id FROM label_rule_news
            WHERE workspace_id = :workspace_id ORDER BY id LIMIT :limit
            """, ["workspace_id": workspace, "limit": limit]
        ).map { (id: try $0.get("id"), contact: try $0.get("contact_id")) }
    }
}
