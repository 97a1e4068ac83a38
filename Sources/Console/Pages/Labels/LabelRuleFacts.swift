package import Domain

/// A label rule as pages get it.
package struct LabelRuleFacts: Sendable {
    package var id: LabelRuleID
    package var name: String
    package var conditions: SegmentConditions
    package var label: LabelID
    package var isOn: Bool
    package var takesOff: Bool
    /// It stands in a circle with others, which an undo brought back, and does nothing.
    package var isCircular: Bool
    /// Its label, or something that its conditions ask for, is gone: it does nothing.
    package var isBroken: Bool
    /// Who carries the label by it.
    package var contacts: CountFacts

    package init(
        id: LabelRuleID, name: String, conditions: SegmentConditions, label: LabelID, isOn: Bool, takesOff: Bool,
        isCircular: Bool = false, isBroken: Bool = false, contacts: CountFacts
    ) {
        self.id = id
        self.name = name
        self.conditions = conditions
        self.label = label
        self.isOn = isOn
        self.takesOff = takesOff
        self.isCircular = isCircular
        self.isBroken = isBroken
        self.contacts = contacts
    }
}

/// The form of a rule as it is being written.
package struct LabelRuleForm: Sendable {
    /// Name and conditions, with what is wrong with them.
    package var segment: SegmentDraft
    /// As the form says it; empty: none was chosen yet.
    package var label: String
    package var labelError: LocalizedText?
    package var isOn: Bool
    package var takesOff: Bool

    package init(segment: SegmentDraft, label: String = "", isOn: Bool = true, takesOff: Bool = false) {
        self.segment = segment
        self.label = label
        self.isOn = isOn
        self.takesOff = takesOff
    }
}
