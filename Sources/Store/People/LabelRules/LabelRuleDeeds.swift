import Domain

/// Does what the rules of a workspace come to for some contacts, inside one transaction: each rule under a change of its
/// own, with its name as the actor.
struct LabelRuleDeeds {
    let questions: LabelRuleQuestions
    let ids: IDGenerator
    /// Deeds of a rule since then stand under one change.
    let since: Timestamp
    private var journals: [LabelRuleID: ChangeJournal] = [:]
    private var counts: [LabelRuleID: Int] = [:]

    private var connection: any SQLConnection { questions.connection }
    private var workspace: WorkspaceID { questions.workspace }
    private var now: Timestamp { questions.clock.now }

    init(_ questions: LabelRuleQuestions, ids: IDGenerator, since: Timestamp) {
        self.questions = questions
        self.ids = ids
        self.since = since
    }

    /// One label after the other: what the rules of the first put on, those of the next can ask for.
    /// - Returns: whose labels changed.
    mutating func settle(_ contacts: [ContactID], _ plan: LabelRulePlan) throws -> Set<ContactID> {
        let contacts = try connection.lockContacts(contacts, in: workspace)
        let exemptions = try questions.exemptions(of: contacts)
        var changed: Set<ContactID> = []
        for step in plan.steps where try connection.hasLabel(step.label, in: workspace) {
            let decisions = try questions.decisions(step, contacts, exemptions)
            for rule in step.rules {
                let putOn = contacts.filter { decisions[$0] == .putOn(by: rule.id) }
                let takeOff = contacts.filter { decisions[$0] == .takeOff(by: rule.id) }
                guard !putOn.isEmpty || !takeOff.isEmpty else { continue }
                try work(rule, putOn: putOn, takeOff: takeOff)
                changed.formUnion(putOn + takeOff)
            }
        }
        try save()
        return changed
    }

    private mutating func work(_ rule: LabelRule, putOn: [ContactID], takeOff: [ContactID]) throws {
        var journal = try journals[rule.id] ?? journal(of: rule)
        try journal.insertLabel(rule.label, on: putOn, by: rule.name, source: .rule, rule: rule.id, at: now)
        for contact in takeOff { try journal.takeOff(rule.label, from: contact) }
        journals[rule.id] = journal
        counts[rule.id, default: 0] += putOn.count + takeOff.count
    }

    private func journal(of rule: LabelRule) throws -> ChangeJournal {
        let last = try connection.value(
            """
            SELECT change_id FROM label_rule_change
            WHERE workspace_id = :workspace_id AND rule_id = :rule_id AND at >= :since
            """, ["workspace_id": workspace, "rule_id": rule.id, "since": since], as: ChangeID.self)
        if let last, let journal = try ChangeJournal.extend(last, on: connection, in: workspace) { return journal }
        let id = ids.next(ChangeRow.self)
        let progress = BulkProgress(.applyLabelRule(rule: rule.id), .chosen(contacts: []), last: ids.next())
        let draft = ChangeDraft(
            .bulk, title: .labelRuleApplied(rule.name), actor: rule.name, detail: try JSONText.encode(progress))
        let journal = try ChangeJournal.begin(draft, on: connection, id: id, in: workspace, at: now)
        try connection.execute(
            """
            INSERT INTO label_rule_change (workspace_id, rule_id, change_id, at)
            VALUES (:workspace_id, :rule_id, :change_id, :at)
            ON CONFLICT (workspace_id, rule_id) DO UPDATE SET change_id = excluded.change_id, at = excluded.at
            """, ["workspace_id": workspace, "rule_id": rule.id, "change_id": id, "at": now])
        return journal
    }

    private mutating func save() throws {
        for (rule, journal) in journals.sorted(by: { $0.key < $1.key }) {
            var journal = journal
            try journal.save()
            try note(counts[rule] ?? 0, with: journal.change)
        }
        journals = [:]
        counts = [:]
    }

    /// Of how many contacts the change is by now.
    private func note(_ contacts: Int, with change: ChangeID) throws {
        guard let summary = try connection.change(change, in: workspace) else { return }
        var progress = try JSONText.decode(BulkProgress.self, from: summary.detail)
        progress.seen += contacts
        progress.changed += contacts
        progress.total = progress.seen
        try connection.execute(
            "UPDATE change SET detail = :detail WHERE workspace_id = :workspace_id AND id = :id",
            ["detail": try JSONText.encode(progress), "workspace_id": workspace, "id": change])
    }
}

extension SQLConnection {
    /// Whether there is such a label; it stays until the transaction ends.
    func hasLabel(_ id: LabelID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            "SELECT id FROM label WHERE workspace_id = :workspace_id AND id = :id \(dialect.forShare)",
            ["workspace_id": workspace, "id": id]) != nil
    }
}

extension LocalizedText {
    /// In lists of changes.
    static func labelRuleApplied(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label rule “\(name)” applied", es: "Regla de etiqueta «\(name)» aplicada")
    }
}
