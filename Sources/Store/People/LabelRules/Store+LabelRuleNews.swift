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

    /// Where more wait, as after an import, everybody is asked instead: whoever changes then waits for none of them.
    static let maxLabelRuleNews = 5000

    /// Asks the rules of a workspace about contacts of whom something changed, the longest waiting first.
    ///
    /// In one transaction: what changes meanwhile is noted behind it.
    /// - Parameters:
    ///   - limit: contacts; fewer where there are many rules.
    ///   - most: where more news wait, they become a pass over everybody.
    package func askLabelRulesOfChanged(
        limit: Int = 200, most: Int = Store.maxLabelRuleNews, in workspace: WorkspaceID
    ) async throws -> LabelRuleStep {
        let isWaiting = try await database.read(on: .work) { connection in
            try connection.row(
                "SELECT id FROM label_rule_news WHERE workspace_id = :workspace_id LIMIT 1",
                ["workspace_id": workspace]) != nil
        }
        guard isWaiting else { return .idle }
        let (clock, ids) = (segmentClock, ids)
        return try await database.write(on: .work) { connection in
            let plan = try connection.heldLabelRulePlan(in: workspace)
            guard try connection.countLabelRuleNews(upTo: most + 1, in: workspace) <= most else {
                try connection.askEverybodyInstead(in: workspace)
                return .idle
            }
            let limit = plan.contactsAtOnce(limit)
            let contacts = try connection.takeLabelRuleNews(limit: limit, in: workspace)
            let questions = LabelRuleQuestions(connection: connection, workspace: workspace, clock: clock)
            var deeds = LabelRuleDeeds(questions, ids: ids, since: clock.now - Self.labelRuleWindow)
            let changed = try plan.steps.isEmpty ? [] : deeds.settle(contacts, plan)
            return LabelRuleStep(
                changed: changed.count, hasMore: contacts.count == limit,
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
        return try labelRulePlan(in: workspace)
    }

    /// The rules that are on, but for those that ask for a label which was deleted, or is just being taken off everybody:
    /// what they would do now nobody meant.
    func labelRulePlan(in workspace: WorkspaceID) throws -> LabelRulePlan {
        let rules = try labelRules(in: workspace).map(\.rule)
        let asked = rules.reduce(into: Set<LabelID>()) { $0.formUnion($1.labelsAskedFor) }
        guard !asked.isEmpty else { return LabelRulePlan(rules) }
        let list = SQLValueList("label", asked.sorted())
        let there = try Set(
            rows(
                "SELECT id FROM label WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
                list.arguments(["workspace_id": workspace])
            ).map { try $0.get("id", as: LabelID.self) }
        ).subtracting(labelsBeingDeleted(in: workspace))
        return LabelRulePlan(rules.filter { $0.labelsAskedFor.isSubset(of: there) })
    }

    private func labelsBeingDeleted(in workspace: WorkspaceID) throws -> Set<LabelID> {
        let open = try rows(
            "SELECT detail FROM change WHERE workspace_id = :workspace_id AND state = 'open' AND kind = 'bulk'",
            ["workspace_id": workspace])
        return try open.reduce(into: []) { labels, row in
            let progress: BulkProgress = try row.json("detail")
            if case .deleteLabel(let label) = progress.action { labels.insert(label) }
        }
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

    fileprivate func countLabelRuleNews(upTo limit: Int, in workspace: WorkspaceID) throws -> Int {
        try value(
            """
            SELECT COUNT(*) AS news FROM (
                SELECT 1 AS one FROM label_rule_news WHERE workspace_id = :workspace_id LIMIT :limit
            ) AS counted
            """, ["workspace_id": workspace, "limit": limit], as: Int.self) ?? 0
    }

    /// The news go first: who changes from now on, and is not asked with that change, is noted anew.
    fileprivate func takeLabelRuleNews(limit: Int, in workspace: WorkspaceID) throws -> [ContactID] {
        let contacts = try rows(
            """
            SELECT contact_id FROM label_rule_news
            WHERE workspace_id = :workspace_id
            GROUP BY contact_id ORDER BY MIN(id) LIMIT :limit
            """, ["workspace_id": workspace, "limit": limit]
        ).map { try $0.get("contact_id", as: ContactID.self) }
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        try execute(
            "DELETE FROM label_rule_news WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)",
            list.arguments(["workspace_id": workspace]))
        return contacts.sorted()
    }

    /// The news go, and a pass that begins afterwards asks whom they were of.
    fileprivate func askEverybodyInstead(in workspace: WorkspaceID) throws {
        try execute("DELETE FROM label_rule_news WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        try execute(
            """
            INSERT INTO label_rule_pass (workspace_id, wanted) VALUES (:workspace_id, 1)
            ON CONFLICT (workspace_id) DO UPDATE SET wanted = label_rule_pass.wanted + 1
            """, ["workspace_id": workspace])
    }
}
