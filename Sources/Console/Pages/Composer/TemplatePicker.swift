import Domain

/// The templates to choose from, those that cannot be sent with the reason, and the form of the chosen one.
package struct TemplatePicker: Sendable {
    package struct Choice: Sendable {
        package let name: String
        package let language: String
        package let category: String
        package let text: String
        package let url: String
        package let isSelected: Bool
        package let isSendable: Bool
        /// "Paused by Meta"; nil when it can be sent.
        package let state: String?
        /// Meta's reason, or ours.
        package let reason: String?
    }

    package let query: String
    package let searchURL: String
    /// Sent along with the search; nil where the address says it.
    package let number: String?
    /// Asks Meta for the templates now.
    package let refreshURL: String
    package let refreshTarget: String
    package let choices: [Choice]
    package let form: TemplateForm?

    init(_ facts: TemplatePickerFacts, at place: ComposerPlace, in context: PageContext) {
        let selected = facts.selected?.choice.id
        self.query = facts.query
        self.searchURL = place.path
        self.number = place.number
        self.refreshURL = place.url(to: "template-refreshes")
        self.refreshTarget = place.whole
        // What can be chosen comes first.
        let ordered = facts.choices.filter(\.isSendable) + facts.choices.filter { !$0.isSendable }
        self.choices = ordered.map { choice in
            let url = place.url([("templates", "all"), ("find", facts.query), ("template", "\(choice.id)")])
            return Self.choice(choice, url: url, isSelected: choice.id == selected, in: context)
        }
        self.form = facts.selected.map { TemplateForm($0, at: place, in: context) }
    }

    private static func choice(
        _ facts: TemplateChoiceFacts, url: String, isSelected: Bool, in context: PageContext
    ) -> Choice {
        let status = facts.facts.status
        let state =
            status == "APPROVED"
            ? context.words("template.state.notHere")
            : context.words.optional("template.state.\(status.lowercased())") ?? status
        return Choice(
            name: facts.name, language: facts.language,
            category: context.words.optional("template.category.\(facts.facts.category.lowercased())")
                ?? facts.facts.category,
            text: facts.facts.bodyText, url: url, isSelected: isSelected,
            isSendable: facts.isSendable, state: facts.isSendable ? nil : state,
            reason: facts.isSendable
                ? nil : status == "APPROVED" ? facts.obstacle?[context.language] : facts.reason)
    }
}
