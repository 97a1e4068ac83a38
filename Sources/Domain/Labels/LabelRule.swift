/// Puts a label on whoever meets conditions.
///
/// People win: what somebody put on by hand no rule takes off, and what somebody took off by hand no rule that was there
/// then puts on again.
package struct LabelRule: Hashable, Sendable {
    package static let maxName = 80
    package static let maxRules = 100

    package let id: LabelRuleID
    package let name: String
    package let conditions: SegmentConditions
    package let label: LabelID
    package let isOn: Bool
    /// Whether the label goes again when the conditions do not hold any more.
    package let takesOff: Bool

    package init(
        id: LabelRuleID, name: String, conditions: SegmentConditions, label: LabelID, isOn: Bool = true,
        takesOff: Bool = false
    ) {
        self.id = id
        self.name = name
        self.conditions = conditions
        self.label = label
        self.isOn = isOn
        self.takesOff = takesOff
    }

    /// Whether the mere passing of time changes whom it is for.
    package var dependsOnTime: Bool { conditions.all.contains(where: \.dependsOnTime) }

    /// The labels that its conditions speak of.
    package var labelsAskedFor: Set<LabelID> {
        Set(
            conditions.all.compactMap { condition -> LabelID? in
                guard case .label(let label, _) = condition else { return nil }
                return label
            })
    }
}

extension SegmentCondition {
    fileprivate var dependsOnTime: Bool {
        switch self {
        case .activity(let activity):
            switch activity {
            case .within, .silent: true
            case .never, .open, .noneOpen: false
            }
        case .created(let age):
            switch age {
            case .within, .longer: true
            case .before, .since: false
            }
        case .date(_, let test):
            switch test {
            case .past, .next: true
            case .on, .before, .after, .filled, .empty: false
            }
        default: false
        }
    }
}
