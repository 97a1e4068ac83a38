import Domain
import Store

/// Label rules, with the labels that they name.
struct LabelRuleViews: Sendable {
    let views: ResourceViews
    let labels: [LabelSummary]
    /// Rules that depend on themselves, and do nothing.
    let circular: Set<LabelRuleID>
    /// What is there: rules that speak of anything else do nothing either.
    let known: SegmentReferences

    func labelRule(_ summary: LabelRuleSummary) -> JSONObject {
        let rule = summary.rule
        let label = labels.first { $0.id == rule.label }
        return [
            "id": rule.id, "name": rule.name, "label": label.map { views.labelName($0) },
            "conditions": views.conditions(rule.conditions), "is_on": rule.isOn, "takes_off": rule.takesOff,
            "is_circular": circular.contains(rule.id), "is_broken": !known.haveAll(of: rule),
            "contacts": summary.contacts.map { views.count($0) }, "created_at": summary.createdAt,
            "updated_at": summary.updatedAt,
        ]
    }
}
