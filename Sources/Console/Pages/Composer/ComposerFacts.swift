package import Domain

/// What the first free-form message of a conversation is about to have, so that it names the company.
package enum SenderNote: Equatable, Sendable {
    /// Puente adds this line.
    case added(String)
    /// The author writes this name.
    case wanted(String)
}

/// What the composer starts from.
package struct ComposerFacts: Sendable {
    /// Random, made for this rendering: a form sent twice over a weak network is one message.
    package var once: String
    /// A text that was refused comes back as it was written.
    package var draft: String
    /// Why it was refused.
    package var error: LocalizedText?
    /// The message being answered.
    package var reply: QuoteFacts?
    /// Set while a template is being chosen or filled in.
    package var templates: TemplatePickerFacts?
    /// Nil where the customer knows who writes.
    package var sender: SenderNote?
    /// The last message to the customer's number could not be delivered.
    package var isUnreachable: Bool

    package init(
        once: String, draft: String = "", error: LocalizedText? = nil, reply: QuoteFacts? = nil,
        templates: TemplatePickerFacts? = nil, sender: SenderNote? = nil, isUnreachable: Bool = false
    ) {
        self.once = once
        self.draft = draft
        self.error = error
        self.reply = reply
        self.templates = templates
        self.sender = sender
        self.isUnreachable = isUnreachable
    }
}

/// The templates of a number, and the one being filled in.
package struct TemplatePickerFacts: Sendable {
    package var choices: [TemplateChoiceFacts]
    package var query: String
    package var selected: TemplateDraftFacts?

    package init(choices: [TemplateChoiceFacts], query: String = "", selected: TemplateDraftFacts? = nil) {
        self.choices = choices
        self.query = query
        self.selected = selected
    }
}

package struct TemplateChoiceFacts: Sendable {
    package var id: TemplateID
    package var name: String
    /// Meta's form: `es_MX`.
    package var language: String
    package var facts: TemplateFacts
    /// The heading with its variable, when it is a text.
    package var headerText: String?
    /// Meta's reason, when it was rejected or paused.
    package var reason: String?
    /// Why this form cannot send it, whatever Meta says; nil when it can.
    package var obstacle: LocalizedText?

    package init(
        id: TemplateID, name: String, language: String, facts: TemplateFacts, headerText: String? = nil,
        reason: String? = nil, obstacle: LocalizedText? = nil
    ) {
        self.id = id
        self.name = name
        self.language = language
        self.facts = facts
        self.headerText = headerText
        self.reason = reason
        self.obstacle = obstacle
    }

    package var isSendable: Bool { facts.status == "APPROVED" && obstacle == nil }
}

/// A template with the values given so far, by field name (``TemplateField/name``).
package struct TemplateDraftFacts: Sendable {
    package var choice: TemplateChoiceFacts
    package var values: [String: String]
    /// Values that the contact or conversation offers, so that nobody types what is known.
    package var suggestions: [String: String]
    /// What values and suggestions say to the contact, where they name what is known: `{{first_name|friend}}`.
    package var shown: [String: String]
    /// Set after a refusal: which fields are wrong, and why.
    package var errors: [String: LocalizedText]

    package init(
        choice: TemplateChoiceFacts, values: [String: String] = [:], suggestions: [String: String] = [:],
        shown: [String: String] = [:], errors: [String: LocalizedText] = [:]
    ) {
        self.choice = choice
        self.values = values
        self.suggestions = suggestions
        self.shown = shown
        self.errors = errors
    }

    /// What the preview shows of a field.
    func text(of name: String) -> String { shown[name] ?? values[name] ?? suggestions[name] ?? "" }
}
