import Domain
import HTTPTypes
import Store

extension ConsoleAPI {
    var labelRuleOperations: [APIOperation] {
        let rule = "/api/v1/label-rules/{label_rule}"
        return [
            .get("listLabelRules", "/api/v1/label-rules", listLabelRules),
            .post("createLabelRule", "/api/v1/label-rules", createdAt: "/api/v1/label-rules", createLabelRule),
            .get("getLabelRule", rule) { request in try await shownLabelRule(request) },
            .put("setLabelRule", rule, setLabelRule),
            APIOperation(
                id: "deleteLabelRule", method: .delete, path: PathPattern(rule), scope: .write, body: .none,
                repeats: .harmless, query: ["labels"], run: deleteLabelRule),
        ]
    }

    private func labelRule(_ request: APIRequest) async throws -> LabelRuleSummary {
        guard let rule = try await store.labelRule(try request.id("label_rule"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return rule
    }

    /// With the labels, which rules name by id only.
    private func labelRuleViews(_ request: APIRequest) async throws -> LabelRuleViews {
        let labels = try await store.labels(in: request.workspace)
        let known = SegmentReferences(
            labels: Set(labels.map(\.id)),
            fields: Set(try await store.fields(archived: true, in: request.workspace).map(\.id)))
        return LabelRuleViews(
            views: views(request), labels: labels,
            circular: LabelRulePlan(try await store.labelRules(in: request.workspace).map(\.rule)).circular,
            known: known)
    }

    private func listLabelRules(_ request: APIRequest) async throws -> APIAnswer {
        let views = try await labelRuleViews(request)
        return .all(try await store.labelRules(counting: true, in: request.workspace)) { views.labelRule($0) }
    }

    private func createLabelRule(_ request: APIRequest) async throws -> APIAnswer {
        let draft = try await LabelRuleBody(request, kinds: fieldKinds(request)).draft(isOn: true, takesOff: false)
        let id = try await saving {
            try await store.createLabelRule(draft, in: request.workspace, by: request.key.name)
        }
        guard let rule = try await store.labelRule(id, in: request.workspace) else { throw APIProblem.noSuchThing }
        return APIAnswer(status: 201, body: try await labelRuleViews(request).labelRule(rule).json)
    }

    private func setLabelRule(_ request: APIRequest) async throws -> APIAnswer {
        let rule = try await labelRule(request).rule
        let draft = try await LabelRuleBody(request, kinds: fieldKinds(request)).draft(
            isOn: rule.isOn, takesOff: rule.takesOff)
        try await saving {
            try await store.changeLabelRule(
                rule.id, draft, expecting: request.expected, in: request.workspace, by: request.key.name)
        }
        return try await shownLabelRule(request)
    }

    private func shownLabelRule(_ request: APIRequest) async throws -> APIAnswer {
        let rule = try await labelRule(request)
        return APIAnswer.ok(try await labelRuleViews(request).labelRule(rule)).tagged(try rule.version())
    }

    /// A label that is not there is a mistake of the body, not of the address.
    private func saving<Value>(_ save: () async throws -> Value) async throws -> Value {
        do {
            return try await save()
        } catch let error as PuenteError where error == .noLabel {
            throw APIProblem.wrongBody.with([.init(place: .pointer("/label"), message: error.message)])
        }
    }

    private enum Labels: String, CaseIterable { case stay, go }

    /// Where its labels go as well that is a bulk action, so that it can be put back.
    private func deleteLabelRule(_ request: APIRequest) async throws -> APIAnswer {
        let rule = try await labelRule(request)
        switch try request.query.choice("labels", among: Labels.allCases) ?? .stay {
        case .go:
            return try await begin(
                .deleteLabelRule(rule: rule.id), on: .everybody, expecting: request.expected, request)
        case .stay:
            let view = try await labelRuleViews(request).labelRule(rule)
            _ = try await store.deleteLabelRule(
                rule.id, expecting: request.expected, in: request.workspace, by: request.key.name)
            return .ok(view)
        }
    }
}

/// Reads a label rule out of a body.
private struct LabelRuleBody {
    let body: JSONValue
    let kinds: [FieldID: FieldKind]

    init(_ request: APIRequest, kinds: [FieldID: FieldKind]) {
        body = request.body
        self.kinds = kinds
    }

    /// - Parameters: what holds where the body does not say.
    func draft(isOn: Bool, takesOff: Bool) throws -> LabelRuleDraft {
        try BodyObject.read(body) { body -> LabelRuleDraft? in
            body.allow("name", "label", "conditions", "is_on", "takes_off")
            let name = body.text("name", 1...LabelRule.maxName)
            let label: LabelID? = body.id("label")
            let conditions = body.object("conditions").flatMap { ConditionsReader(kinds: kinds).read($0) }
            let (on, off) = (body.optionalBool("is_on"), body.optionalBool("takes_off"))
            guard let name, let label, let conditions else { return nil }
            return LabelRuleDraft(
                name: name, conditions: conditions, label: label, isOn: on ?? isOn, takesOff: off ?? takesOff)
        }
    }
}
