package import Domain

/// A label rule as it is about to be written.
package struct LabelRuleDraft: Sendable {
    package var name: String
    package var conditions: SegmentConditions
    package var label: LabelID
    package var isOn: Bool
    package var takesOff: Bool

    package init(
        name: String, conditions: SegmentConditions, label: LabelID, isOn: Bool = true, takesOff: Bool = false
    ) {
        self.name = name
        self.conditions = conditions
        self.label = label
        self.isOn = isOn
        self.takesOff = takesOff
    }

    /// As a rule was written last.
    package init(_ rule: LabelRule) {
        self.init(
            name: rule.name, conditions: rule.conditions, label: rule.label, isOn: rule.isOn, takesOff: rule.takesOff)
    }
}
