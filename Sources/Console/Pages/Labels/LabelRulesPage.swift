package import Domain

/// Every label rule of the company.
package struct LabelRulesPage: Page {
    package static let template = "label-rules/page"

    package enum Command: String, CaseIterable, Sendable { case created, changed, on, off, deleted, restored }

    package struct Item: Sendable {
        package let id: String
        package let name: String
        package let url: String
        /// Nil: the label is gone.
        package let chip: LabelChip?
        /// "If label is “VIP” and the contact wrote in the last 30 days"
        package let sentence: String
        package let takesOff: Bool
        package let isOn: Bool
        package let isCircular: Bool
        package let isBroken: Bool
        package let count: String
        /// What its button asks for.
        package let switchTo: String
        package let switchURL: String
        package let deleteURL: String
        package let deleteAsk: String
        /// Whether anybody carries the label by it.
        package let hasContacts: Bool
    }

    package let title: String
    package let tabs: ContactsTabs
    package let items: [Item]
    package let isEmpty: Bool
    package let notice: UndoableNotice?

    package init(
        _ rules: [LabelRuleFacts], _ vocabulary: SegmentVocabulary, notice: UndoableNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("people.labelRules.title")
        self.tabs = ContactsTabs(.labels, in: context)
        self.items = rules.map { Self.item($0, vocabulary, in: context) }
        self.isEmpty = rules.isEmpty
        self.notice = notice
    }

    private static func item(
        _ rule: LabelRuleFacts, _ vocabulary: SegmentVocabulary, in context: PageContext
    ) -> Item {
        let words = ConditionWords(context: context, vocabulary: vocabulary)
        let url = "/label-rules/\(rule.id)"
        let count = context.words(
            "people.labelRules.carry.\(rule.contacts.value == 1 && !rule.contacts.isMore ? "one" : "other")",
            ["count": rule.contacts.text(in: context)])
        return Item(
            id: rule.id.description, name: rule.name, url: url,
            chip: vocabulary.labels.first { $0.id == rule.label }.map(LabelChip.init),
            sentence: context.words(
                "people.labelRules.condition", ["conditions": words.clause(rule.conditions)]),
            takesOff: rule.takesOff, isOn: rule.isOn, isCircular: rule.isCircular,
            isBroken: rule.isBroken, count: count,
            switchTo: rule.isOn ? "off" : "on", switchURL: url + "/switches", deleteURL: url + "/deletions",
            deleteAsk: context.words("people.labelRules.deleteAsk", ["name": rule.name]),
            hasContacts: rule.contacts.value > 0)
    }

    /// After a command.
    package static func outcome(
        of command: Command, undo: ChangeID? = nil, in context: PageContext
    ) -> UndoableNotice {
        UndoableNotice(context.words("people.labelRules.done.\(command.rawValue)"), undo: undo)
    }
}
