import Domain

/// Asks what the rules of a workspace come to for some contacts, a few statements for all of them.
struct LabelRuleQuestions {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let clock: SegmentClock

    /// Those of the contacts for whom a rule has anything to do. A rule that waits for the label of another one may have
    /// more to do afterwards.
    func unsettled(_ contacts: [ContactID], _ plan: LabelRulePlan) throws -> [ContactID] {
        let exemptions = try exemptions(of: contacts)
        var found: Set<ContactID> = []
        for step in plan.steps {
            let decisions = try decisions(step, contacts, exemptions)
            found.formUnion(decisions.filter { $0.value != .nothing }.keys)
        }
        return found.sorted()
    }

    /// What the rules of one label do with each of the contacts.
    /// - Parameter contacts: who are there, and were not merged.
    func decisions(
        _ step: LabelRulePlan.Step, _ contacts: [ContactID], _ exemptions: [ContactID: Set<LabelRuleID>]
    ) throws -> [ContactID: LabelRuleDecision] {
        guard !contacts.isEmpty else { return [:] }
        var holding: [ContactID: Set<LabelRuleID>] = [:]
        let rules = try step.rules.filter { try hasFields(of: $0) }
        for rule in rules {
            for contact in try meeting(rule.conditions, among: contacts) {
                holding[contact, default: []].insert(rule.id)
            }
        }
        let carried = try carried(step.label, by: contacts)
        return contacts.reduce(into: [:]) { decisions, contact in
            decisions[contact] = LabelRuleDecision.of(
                rules, holding: holding[contact] ?? [], exempt: exemptions[contact] ?? [],
                carried: carried[contact] ?? .no)
        }
    }

    /// A rule that asks for a field that is gone does nothing: that nobody meets it any more takes no label off.
    private func hasFields(of rule: LabelRule) throws -> Bool {
        let fields = rule.conditions.fields.sorted()
        guard !fields.isEmpty else { return true }
        let list = SQLValueList("field", fields)
        let there = try connection.value(
            "SELECT COUNT(*) AS fields FROM field WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
            list.arguments(["workspace_id": workspace]), as: Int.self)
        return there == fields.count
    }

    /// For whom somebody overruled which rules.
    func exemptions(of contacts: [ContactID]) throws -> [ContactID: Set<LabelRuleID>] {
        guard !contacts.isEmpty else { return [:] }
        let list = SQLValueList("contact", contacts)
        return try connection.rows(
            """
            SELECT contact_id, rule_id FROM label_rule_exemption
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) { exemptions, row in
            exemptions[try row.get("contact_id"), default: []].insert(try row.get("rule_id"))
        }
    }

    private func meeting(_ conditions: SegmentConditions, among contacts: [ContactID]) throws -> [ContactID] {
        var compiler = SegmentCompiler(clock)
        let probes = compiler.compile(conditions).map(\.probe)
        let list = SQLValueList("contact", contacts)
        let arguments = SQLArguments([("workspace_id", workspace.sqlValue)] + compiler.arguments.pairs)
        return try connection.rows(
            """
            SELECT p.id FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id IN \(list.sql) AND p.merged_into IS NULL
                AND \(probes.joined(separator: "\n    AND "))
            """, list.arguments(arguments)
        ).map { try $0.get("id") }
    }

    private func carried(
        _ label: LabelID, by contacts: [ContactID]
    ) throws -> [ContactID: LabelRuleDecision.Carried] {
        let list = SQLValueList("contact", contacts)
        return try connection.rows(
            """
            SELECT contact_id, rule_id FROM contact_label
            WHERE workspace_id = :workspace_id AND label_id = :label_id AND contact_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace, "label_id": label])
        ).reduce(into: [:]) { carried, row in
            let rule: LabelRuleID? = try row.get("rule_id")
            carried[try row.get("contact_id")] = rule.map { .byRule($0) } ?? .byOthers
        }
    }
}
