/// What is done to many contacts at once.
package enum BulkAction: Hashable, Codable, Sendable {
    case addLabel(label: LabelID)
    case removeLabel(label: LabelID)
    case setField(field: FieldID, value: FieldValue)
    case clearField(field: FieldID)
    case setState(state: ContactState, reason: String)
    case clearState(state: ContactState)
    /// Notes in the ledger that they want no marketing.
    case withdrawMarketing(reason: String)
    /// Takes the label off everybody, and away.
    case deleteLabel(label: LabelID)
    /// Gives a choice another name, wherever it was chosen.
    case renameChoice(field: FieldID, from: String, to: String)
    /// What a label rule did: made by the keeper of rules, never begun by a person.
    case applyLabelRule(rule: LabelRuleID)
    /// Takes away a label rule, and off everybody the label that it put on.
    case deleteLabelRule(rule: LabelRuleID)
}

/// Whom a bulk action is for.
package enum ContactSelection: Hashable, Codable, Sendable {
    package static let maxChosen = 1000

    /// One by one.
    case chosen(contacts: [ContactID])
    /// Everybody who meets all the conditions when their turn comes, and is found by the words.
    /// - number: the digits of the number that the words are in the reader's country; nil when they are none.
    case matching(conditions: [SegmentConditions], search: String, number: String?)

    package static let everybody = ContactSelection.matching(conditions: [], search: "", number: nil)

    package static func matching(_ conditions: SegmentConditions) -> ContactSelection {
        .matching(conditions: [conditions], search: "", number: nil)
    }
}
