import Domain

@testable import Store

extension ConsoleWorld {
    func makeRule(
        _ name: String, _ label: LabelID, if conditions: SegmentCondition..., takesOff: Bool = false, isOn: Bool = true
    ) async throws -> LabelRuleID {
        try await store.createLabelRule(
            LabelRuleDraft(
                name: name, conditions: try SegmentConditions(.all, conditions.map(SegmentConditions.Part.condition)),
                label: label, isOn: isOn, takesOff: takesOff), in: workspace, by: "Ana")
    }

    func change(_ rule: LabelRuleID, _ edit: (inout LabelRuleDraft) -> Void) async throws {
        var draft = LabelRuleDraft(try required(try await store.labelRule(rule, in: workspace)).rule)
        edit(&draft)
        try await store.changeLabelRule(rule, draft, in: workspace, by: "Ana")
    }

    /// Asks the rules about those who changed, until nobody waits.
    /// - Returns: how often a contact's labels changed.
    @discardableResult
    func hearNews() async throws -> Int {
        var changed = 0
        while true {
            let step = try await store.askLabelRulesOfChanged(in: workspace)
            changed += step.changed
            let waiting = try await store.look(
                "SELECT COUNT(*) AS n FROM label_rule_news WHERE workspace_id = :workspace_id",
                ["workspace_id": workspace], as: Int.self)
            guard waiting ?? 0 > 0 else { return changed }
        }
    }

    /// Asks the rules about everybody, where that is due.
    /// - Returns: whose labels changed; nil where no pass was due.
    @discardableResult
    func pass() async throws -> Int? {
        guard try await store.beginLabelRulePass(in: workspace) else { return nil }
        var changed = 0
        while true {
            let step = try await store.goOnWithLabelRulePass(in: workspace)
            changed += step.changed
            guard step.hasMore else { return changed }
        }
    }

    /// Everything that rules do, once.
    func ruleEverything(_ labels: [LabelID]) async throws {
        let rule = try await makeRule("Con nombre", labels[1], if: .name(.filled), takesOff: true)
        let eva = try await add(PersonSample(name: "Eva"))
        try await pass()
        try await hearNews()
        try await store.removeLabel(labels[1], from: eva, in: workspace, by: "Ana")
        try await store.addLabel(labels[1], to: eva, in: workspace, by: "Ana")
        try await change(rule) { $0.conditions = .nobody }
        try await pass()
        _ = try await store.labelRules(counting: true, in: workspace)
        let gone = try await store.deleteLabelRule(rule, in: workspace, by: "Ana")
        try await store.undo(gone, in: workspace, by: "Ana")
        let deletion = try await store.startBulk(
            .deleteLabelRule(rule: rule), on: .everybody, in: workspace, by: "Ana")
        _ = try await finish(deletion)
    }

    func look(_ sql: String) async throws -> Int {
        try await store.database.read { try $0.value(sql, [:], as: Int.self) } ?? 0
    }

    /// The names of a contact's labels, with the rule that put each on.
    func labels(_ contact: ContactID) async throws -> [String: String] {
        let labels = try await store.details(of: contact, in: workspace)?.labels ?? []
        return Dictionary(uniqueKeysWithValues: labels.map { ($0.name, $0.rule?.name ?? "") })
    }

    /// Every row of `contact_label`, for comparing.
    func carried() async throws -> [String] {
        try await store.database.read { connection in
            try connection.rows(
                "SELECT contact_id, label_id, source, rule_id, actor FROM contact_label ORDER BY contact_id, label_id",
                [:]
            ).map { "\($0.values)" }
        }
    }

    /// A customer writes, a second later.
    func write(_ contact: ContactID) async throws {
        clock.advance(by: .seconds(1))
        let (workspace, now) = (workspace, clock.now)
        try await store.database.write { connection in
            try connection.execute(
                """
                UPDATE conversation SET last_inbound_at = :now
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id
                """, ["now": now, "workspace_id": workspace, "contact_id": contact])
        }
    }
}
