package import Domain

/// A label as pages get it.
package struct LabelFacts: Hashable, Sendable {
    package var id: LabelID
    package var name: String
    package var color: LabelColor
    /// Who has it, as far as they were counted.
    package var contacts: CountFacts?
    /// On a contact: the rule that put it on.
    package var rule: String?
    /// What a save is held against.
    package var version: String
    /// What would miss it; nil where that was not asked for.
    package var use: Use?

    /// What speaks of a label beside the contacts that have it.
    package struct Use: Hashable, Sendable {
        package struct Asker: Hashable, Sendable {
            package var name: String
            package var url: String
        }

        /// Segments and rules that ask for it: as long as there are any it stays.
        package var askers: [Asker]
        /// Rules that put it on, and go with it.
        package var ownRules: [String]
    }

    package init(
        id: LabelID, name: String, color: LabelColor, contacts: CountFacts? = nil, rule: String? = nil,
        version: String = "", use: Use? = nil
    ) {
        self.id = id
        self.name = name
        self.color = color
        self.contacts = contacts
        self.rule = rule
        self.version = version
        self.use = use
    }
}

/// How many, counted no further than a page shows.
package struct CountFacts: Hashable, Sendable {
    package var value: Int
    package var isMore: Bool

    package init(_ value: Int, isMore: Bool = false) {
        self.value = value
        self.isMore = isMore
    }

    /// `1,203`, `10,000+`
    func text(in context: PageContext) -> String {
        context.formats.number(value) + (isMore ? "+" : "")
    }
}

/// A label as a small coloured word.
package struct LabelChip: Sendable {
    package let id: String
    package let name: String
    /// Of the style sheet: `label-violet`.
    package let tone: String
    /// The rule that put it on; nil where a person did, or where no contact is spoken of.
    package let rule: String?

    package init(_ facts: LabelFacts) {
        self.id = facts.id.description
        self.name = facts.name
        self.tone = "label-\(facts.color.rawValue)"
        self.rule = facts.rule
    }
}

/// The tones to choose from.
package struct LabelSwatch: Sendable {
    package let value: String
    package let name: String
    package let tone: String
    package let isChosen: Bool

    static func all(chosen: LabelColor, in context: PageContext) -> [LabelSwatch] {
        LabelColor.allCases.map { color in
            LabelSwatch(
                value: color.rawValue, name: context.words("people.labels.color.\(color.rawValue)"),
                tone: "label-\(color.rawValue)", isChosen: color == chosen)
        }
    }
}
