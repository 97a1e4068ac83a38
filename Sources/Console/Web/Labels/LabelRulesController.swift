import Domain
import HTTPTypes
import Hummingbird
import Store

/// Label rules: listed, made and changed in the editor of segments, turned on and off, deleted with their labels or
/// without.
struct LabelRulesController: Sendable {
    private static let path = "/label-rules"

    func add(to routes: ConsoleRoutes) {
        routes.get("/label-rules") { visit in try await list(visit) }
        routes.get("/label-rules/new") { visit in
            let vocabulary = try await visit.vocabulary()
            var form = LabelRuleForm(segment: SegmentDraft())
            form.segment.top.rows = [SegmentDraft.Row(subject: "activity", test: .within, value: "30")]
            return try await answer(form, id: nil, vocabulary, visit)
        }
        routes.get("/label-rules/{id}") { visit in
            let rule = try await rule(visit)
            let vocabulary = try await visit.vocabulary()
            return try await answer(try LabelRuleForm(rule, vocabulary), id: rule.id, vocabulary, visit)
        }
        routes.post("/label-rules") { form, visit in try await edit(nil, form, visit) }
        routes.post("/label-rules/{id}") { form, visit in try await edit(try await rule(visit).id, form, visit) }
        routes.post("/label-rules/{id}/switches") { form, visit in try await turn(form, visit) }
        routes.post("/label-rules/{id}/deletions") { form, visit in try await delete(form, visit) }
    }

    private func rule(_ visit: Visit) async throws -> LabelRuleSummary {
        guard let rule = try await visit.store.labelRule(try visit.id(), in: visit.workspace) else {
            throw PuenteError.noSuchPage
        }
        return rule
    }

    // MARK: Pages

    private func list(_ visit: Visit) async throws -> Response {
        var notice: UndoableNotice?
        if let (name, undo) = visit.flash(of: .labelRules)?.undoable,
            let command = LabelRulesPage.Command(rawValue: name)
        {
            notice = LabelRulesPage.outcome(of: command, undo: undo, in: visit.page)
        }
        let rules = try await visit.store.labelRules(counting: true, in: visit.workspace)
        let vocabulary = try await visit.vocabulary()
        let page = LabelRulesPage(
            LabelRuleFacts.all(of: rules, known: vocabulary.references), vocabulary, notice: notice, in: visit.page)
        return try await visit.answer(page, at: .contacts)
    }

    private func answer(
        _ form: LabelRuleForm, id: LabelRuleID?, _ vocabulary: SegmentVocabulary, now: StandingNow? = nil,
        _ visit: Visit, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let count = try await SegmentsController().count(SegmentForm(form.segment, vocabulary), visit)
        let page = LabelRulePage(form, id: id, vocabulary, count: count, now: now, in: visit.page)
        return try await visit.answer(
            page, at: .contacts, status: status, path: id.map { "\(Self.path)/\($0)" } ?? Self.path)
    }

    // MARK: Commands

    private func edit(_ id: LabelRuleID?, _ form: Form, _ visit: Visit) async throws -> Response {
        var editing = SegmentForm(form, try await visit.vocabulary())
        // Without a button it was Enter: that saves.
        var isCommand = false
        if form["do"] != "save", form["do"] != nil { isCommand = editing.apply(form["do"]) }
        let conditions = isCommand ? nil : editing.conditions()
        var written = LabelRuleForm(
            segment: editing.draft, label: form["label"] ?? "", isOn: form["is_on"] == "yes",
            takesOff: form["takes_off"] == "yes")
        if isCommand { return try await answer(written, id: id, editing.vocabulary, visit) }
        let label = LabelID(written.label)
        if label == nil { written.labelError = PuenteError.noRuleLabel.message }
        guard let conditions, let label else {
            return try await answer(written, id: id, editing.vocabulary, visit, status: .unprocessableContent)
        }
        let draft = LabelRuleDraft(
            name: written.segment.name, conditions: conditions, label: label, isOn: written.isOn,
            takesOff: written.takesOff)
        do {
            try await save(id, draft, expecting: form.expected, visit)
        } catch let error as PuenteError where error.isForForm || error == .noLabel {
            var now: StandingNow?
            // Who has read what somebody else wrote may save over that.
            if error == .changedMeanwhile {
                let rule = try await rule(visit)
                written.segment.version = try rule.version().description
                now = .rule(
                    LabelRuleFacts(rule), editing.vocabulary, by: try await visit.author(of: .labelRule(rule.id)),
                    in: visit.page)
            }
            return try await answer(
                written.with(error), id: id, editing.vocabulary, now: now, visit, status: error.code.formStatus)
        }
        return redirect(id == nil ? .created : .changed, visit)
    }

    private func save(
        _ id: LabelRuleID?, _ draft: LabelRuleDraft, expecting expected: Set<EditVersion>?, _ visit: Visit
    ) async throws {
        if let id {
            try await visit.store.changeLabelRule(
                id, draft, expecting: expected, in: visit.workspace, by: visit.staff.name)
        } else {
            _ = try await visit.store.createLabelRule(draft, in: visit.workspace, by: visit.staff.name)
        }
    }

    private func turn(_ form: Form, _ visit: Visit) async throws -> Response {
        let isOn = form["to"] == "on"
        try await visit.store.switchLabelRule(try visit.id(), on: isOn, in: visit.workspace, by: visit.staff.name)
        return redirect(isOn ? .on : .off, visit)
    }

    /// Where the labels go as well and many have them, the progress is shown.
    private func delete(_ form: Form, _ visit: Visit) async throws -> Response {
        let id: LabelRuleID = try visit.id()
        guard form["labels"] == "go" else {
            let change = try await visit.store.deleteLabelRule(id, in: visit.workspace, by: visit.staff.name)
            return redirect(.deleted, undo: change, visit)
        }
        let change = try await visit.store.startBulk(
            .deleteLabelRule(rule: id), on: .everybody, in: visit.workspace, by: visit.staff.name)
        guard try await visit.store.advanceBulk(change, in: visit.workspace) else {
            return visit.redirect("/bulk/\(change)")
        }
        return redirect(.deleted, undo: change, visit)
    }

    private func redirect(_ command: LabelRulesPage.Command, undo: ChangeID? = nil, _ visit: Visit) -> Response {
        visit.redirect(Self.path, telling: FlashNotice(.labelRules, command.rawValue, undo: undo))
    }
}

extension LabelRuleFacts {
    static func all(of rules: [LabelRuleSummary], known: SegmentReferences) -> [LabelRuleFacts] {
        let circular = LabelRulePlan(rules.map(\.rule)).circular
        return rules.map {
            LabelRuleFacts($0, isCircular: circular.contains($0.id), isBroken: !known.haveAll(of: $0.rule))
        }
    }

    fileprivate init(_ summary: LabelRuleSummary, isCircular: Bool = false, isBroken: Bool = false) {
        self.init(
            id: summary.id, name: summary.rule.name, conditions: summary.rule.conditions,
            label: summary.rule.label, isOn: summary.rule.isOn, takesOff: summary.rule.takesOff,
            isCircular: isCircular, isBroken: isBroken, contacts: CountFacts(summary.contacts ?? ListCount(0)))
    }
}

extension LabelRuleForm {
    init(_ summary: LabelRuleSummary, _ vocabulary: SegmentVocabulary) throws {
        let rule = summary.rule
        self.init(
            segment: SegmentDraft(name: rule.name, rule.conditions, vocabulary), label: "\(rule.label)",
            isOn: rule.isOn, takesOff: rule.takesOff)
        segment.version = try summary.version().description
    }

    /// What is wrong with the name or the label stands beside it, everything else above the conditions.
    fileprivate func with(_ error: PuenteError) -> LabelRuleForm {
        var form = self
        switch error.detail {
        case "name", PuenteError.labelRuleTaken.detail: form.segment.nameError = error.message
        case PuenteError.noLabel.detail: form.labelError = error.message
        default: form.segment.error = error.message
        }
        return form
    }
}

extension PuenteError {
    fileprivate static let noRuleLabel = PuenteError(
        .invalid, detail: "label", en: "Choose the label that the rule puts on.",
        es: "Elija la etiqueta que pone la regla.")
}
