import Domain

/// The approved templates to choose from, and the form of the chosen one.
package struct TemplatePicker: Sendable {
    package struct Choice: Sendable {
        package let name: String
        package let language: String
        package let category: String
        package let text: String
        package let url: String
        package let isSelected: Bool
        package let isSendable: Bool
        /// "Paused by Meta", with the reason; nil when it can be sent.
        package let state: String?
    }

    package let query: String
    package let searchURL: String
    package let choices: [Choice]
    package let form: TemplateForm?

    init(
        _ facts: TemplatePickerFacts, conversation: ConversationID, filter: InboxFilter, in context: PageContext
    ) {
        let path = "/inbox/\(conversation)"
        let selected = facts.selected?.choice.id
        self.query = facts.query
        self.searchURL = path
        self.choices = facts.choices.map { choice in
            let url = filter.url(path, [("templates", "all"), ("find", facts.query), ("template", "\(choice.id)")])
            return Self.choice(choice, url: url, isSelected: choice.id == selected, in: context)
        }
        self.form = facts.selected.map { TemplateForm($0, conversation: conversation, in: context) }
    }

    private static func choice(
        _ facts: TemplateChoiceFacts, url: String, isSelected: Bool, in context: PageContext
    ) -> Choice {
        let isSendable = facts.facts.status == "APPROVED"
        let state = context.words.optional("template.state.\(facts.facts.status.lowercased())") ?? facts.facts.status
        return Choice(
            name: facts.name, language: facts.language,
            category: context.words.optional("template.category.\(facts.facts.category.lowercased())")
                ?? facts.facts.category,
            text: facts.facts.bodyText, url: url, isSelected: isSelected, isSendable: isSendable,
            state: isSendable ? nil : [state, facts.reason].compactMap(\.self).joined(separator: ": "))
    }
}
