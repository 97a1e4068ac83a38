package import Domain

extension Store {
    /// Every rule of a workspace, by name.
    /// - Parameter counting: also how many contacts carry the label by each.
    package func labelRules(counting: Bool = false, in workspace: WorkspaceID) async throws -> [LabelRuleSummary] {
        try await database.read(on: .console) { try $0.labelRules(counting: counting, in: workspace) }
    }

    package func labelRule(_ id: LabelRuleID, in workspace: WorkspaceID) async throws -> LabelRuleSummary? {
        try await database.read(on: .console) { try $0.labelRule(id, counting: true, in: workspace) }
    }

    /// A rule that is on is applied to everybody soon after.
    /// - Throws: `conflict` with the detail `label_rule_taken` when another has the name, `too_many_label_rules`, or
    ///   `label_rule_circle` when labels would depend on each other in a circle; `notFound` for the label; `invalid` as
    ///   ``createSegment(_:_:in:by:)``.
    package func createLabelRule(
        _ draft: LabelRuleDraft, in workspace: WorkspaceID, by actor: String
    ) async throws -> LabelRuleID {
        let draft = try draft.read()
        let id = ids.next(LabelRuleRow.self)
        let conditions = try JSONText.encode(draft.conditions)
        try await journaled(.labelRuleSaved(draft.name), by: actor, in: workspace) { journal, now in
            try journal.lockLabelRules()
            let others = try journal.connection.labelRules(in: workspace).map(\.rule)
            try journal.require(draft, as: id, among: others)
            guard others.count < LabelRule.maxRules else { throw PuenteError.tooManyLabelRules }
            var row = draft.columns(conditions)
            row.set("id", id)
            row.set("created_at", now)
            row.set("updated_at", now)
            try journal.insert(.labelRule, row, of: nil)
        }
        return id
    }

    /// What it does is judged anew for everybody. A rule of another label leaves what it put on so far: that is no rule's
    /// any more, and stays.
    /// - Parameter expected: what the rule must say, one of these; nil: whatever it says.
    /// - Throws: as ``createLabelRule(_:in:by:)``, `notFound`, and `changedMeanwhile`.
    package func changeLabelRule(
        _ id: LabelRuleID, _ draft: LabelRuleDraft, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws {
        let draft = try draft.read()
        let conditions = try JSONText.encode(draft.conditions)
        try await journaled(.labelRuleSaved(draft.name), by: actor, in: workspace) { journal, now in
            try journal.lockLabelRules()
            let rules = try journal.connection.labelRules(in: workspace)
            guard let known = rules.first(where: { $0.id == id }) else { throw PuenteError.noLabelRule }
            try expected?.require(try known.version())
            try journal.require(draft, as: id, among: rules.map(\.rule))
            guard known.rule != draft.rule(id) else { return }
            var columns = draft.columns(conditions)
            columns.set("updated_at", now)
            try journal.update(.labelRule, key: ["id": id], set: columns, of: nil)
        }
    }

    /// Turns a rule on or off, whatever else it says by now.
    /// - Throws: `notFound`; `conflict` with the detail `label_rule_circle` for one that would close a circle.
    package func switchLabelRule(
        _ id: LabelRuleID, on isOn: Bool, in workspace: WorkspaceID, by actor: String
    ) async throws {
        guard let name = try await labelRule(id, in: workspace)?.rule.name else { throw PuenteError.noLabelRule }
        try await journaled(.labelRuleSaved(name), by: actor, in: workspace) { journal, now in
            try journal.lockLabelRules()
            let rules = try journal.connection.labelRules(in: workspace).map(\.rule)
            guard let known = rules.first(where: { $0.id == id }) else { throw PuenteError.noLabelRule }
            guard known.isOn != isOn else { return }
            if isOn {
                var draft = LabelRuleDraft(known)
                draft.isOn = true
                try journal.require(draft, as: id, among: rules)
            }
            try journal.update(.labelRule, key: ["id": id], set: ["is_on": isOn, "updated_at": now], of: nil)
        }
    }

    /// Deletes a rule; the labels that it put on stay, as if somebody had put them on by hand. To take them off as well is
    /// a bulk action: ``BulkAction/deleteLabelRule(rule:)``.
    /// - Parameter expected: what the rule must say, one of these; nil: whatever it says.
    /// - Returns: the change, so that it can be put back.
    /// - Throws: `notFound`, and `changedMeanwhile`.
    package func deleteLabelRule(
        _ id: LabelRuleID, expecting expected: Set<EditVersion>? = nil, in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID {
        guard let rule = try await labelRule(id, in: workspace)?.rule else { throw PuenteError.noLabelRule }
        let deleted = try await journaled(.labelRuleDeleted(rule.name), by: actor, in: workspace) { journal, _ in
            try journal.lockLabelRules()
            guard let known = try journal.connection.labelRule(id, in: workspace) else { throw PuenteError.noLabelRule }
            try expected?.require(try known.version())
            return try journal.delete(.labelRule, key: ["id": id], of: nil)
        }
        guard let change = deleted.change else { throw PuenteError.noLabelRule }
        return change
    }
}

extension LabelRuleDraft {
    /// - Throws: `invalid` for what is no name.
    fileprivate func read() throws -> LabelRuleDraft {
        var draft = self
        draft.name = try PeopleName.read(name, maxLength: LabelRule.maxName)
        return draft
    }

    fileprivate func rule(_ id: LabelRuleID) -> LabelRule {
        LabelRule(id: id, name: name, conditions: conditions, label: label, isOn: isOn, takesOff: takesOff)
    }

    fileprivate func columns(_ conditions: String) -> SQLArguments {
        [
            "name": name, "folded": PeopleName.folded(name), "conditions": conditions, "label_id": label,
            "is_on": isOn, "takes_off": takesOff,
        ]
    }
}

extension ChangeJournal {
    /// Until the transaction ends nobody else makes, changes or deletes a rule.
    func lockLabelRules() throws {
        try connection.lock(["label rules"], in: workspace)
    }

    /// Takes away the rules of a label that goes, so that they do not put it on again meanwhile.
    mutating func deleteLabelRules(of label: LabelID) throws {
        try lockLabelRules()
        let rules = try connection.rows(
            "SELECT id FROM label_rule WHERE workspace_id = :workspace_id AND label_id = :label_id ORDER BY id",
            ["workspace_id": workspace, "label_id": label]
        ).map { try $0.get("id", as: LabelRuleID.self) }
        for rule in rules { try delete(.labelRule, key: ["id": rule], of: nil) }
    }

    fileprivate func require(_ draft: LabelRuleDraft, as id: LabelRuleID, among rules: [LabelRule]) throws {
        try requireKnown(draft.conditions)
        guard try hasLabel(draft.label) else { throw PuenteError.noLabel }
        let folded = PeopleName.folded(draft.name)
        guard !rules.contains(where: { $0.id != id && PeopleName.folded($0.name) == folded }) else {
            throw PuenteError.labelRuleTaken
        }
        if let circle = LabelRulePlan.circle(closedBy: draft.rule(id), among: rules) {
            throw PuenteError.labelRuleCircle(try circle.map(labelName))
        }
    }

    private func labelName(_ id: LabelID) throws -> String {
        try connection.value(
            "SELECT name FROM label WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id]) ?? "\(id)"
    }
}

extension LocalizedText {
    fileprivate static func labelRuleSaved(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label rule “\(name)” saved", es: "Regla de etiqueta «\(name)» guardada")
    }

    static func labelRuleDeleted(_ name: String) -> LocalizedText {
        LocalizedText(en: "Label rule “\(name)” deleted", es: "Regla de etiqueta «\(name)» eliminada")
    }
}

extension PuenteError {
    package static let noLabelRule = PuenteError(
        .notFound, detail: "no_label_rule", en: "There is no such label rule. It may have been deleted.",
        es: "No existe esa regla de etiqueta. Puede que se haya eliminado.")
    package static let labelRuleTaken = PuenteError(
        .conflict, detail: "label_rule_taken", en: "There is a label rule with this name already.",
        es: "Ya existe una regla de etiqueta con este nombre.")
    static let tooManyLabelRules = PuenteError(
        .conflict, detail: "too_many_label_rules",
        en: "There are 100 label rules already. Delete some that nobody needs.",
        es: "Ya hay 100 reglas de etiquetas. Elimine algunas que nadie necesite.")

    /// - Parameter labels: each depends on the one behind it, the last on the first.
    static func labelRuleCircle(_ labels: [String]) -> PuenteError {
        guard labels.count > 1, let first = labels.first else {
            let name = labels.first ?? ""
            return PuenteError(
                .conflict, detail: "label_rule_circle",
                en: "The rule would go round in circles: whether it puts on “\(name)” depends on “\(name)” itself.",
                es: "La regla daría vueltas sin fin: que ponga «\(name)» depende de la propia «\(name)».")
        }
        let en = (labels + [first]).map { "“\($0)”" }.joined(separator: " depends on ")
        let es = (labels + [first]).map { "«\($0)»" }.joined(separator: " depende de ")
        return PuenteError(
            .conflict, detail: "label_rule_circle",
            en: "The rule would go round in circles: \(en). Take one of these labels out of the conditions.",
            es: "La regla daría vueltas sin fin: \(es). Quite una de estas etiquetas de las condiciones.")
    }
}
