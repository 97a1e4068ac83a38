/// Meta's word that a person's number or BSUID changed: the only evidence beside one webhook with both that joins them.
package struct IdentityChange: Equatable, Sendable {
    package enum Kind: String, Sendable { case number, userID, identityHash }

    package var kind: Kind
    /// The wamid of the system message, its key against duplicates.
    package var messageID: String
    package var at: Timestamp
    package var previous: Participant
    package var current: Participant
    /// WhatsApp's sentence, shown in the thread.
    package var text: String

    package init(
        kind: Kind, messageID: String, at: Timestamp, previous: Participant, current: Participant, text: String
    ) {
        self.kind = kind
        self.messageID = messageID
        self.at = at
        self.previous = previous
        self.current = current
        self.text = text
    }
}

/// `user_preferences`: the customer stopped or resumed marketing messages inside WhatsApp.
package struct ContactPreference: Equatable, Sendable {
    package var participant: Participant
    /// `marketing_messages`.
    package var category: String
    /// `stop`, `resume` or a word we do not know.
    package var value: String
    package var detail: String?
    package var at: Timestamp

    package init(participant: Participant, category: String, value: String, detail: String?, at: Timestamp) {
        self.participant = participant
        self.category = category
        self.value = value
        self.detail = detail
        self.at = at
    }
}

/// News of a template: approved, rejected, paused, recategorised, its quality or text changed.
package struct TemplateNotice: Equatable, Sendable {
    package enum Kind: String, Codable, Sendable { case status, quality, category, components }

    package var kind: Kind
    package var templateID: String
    package var name: String
    /// With an underscore, whatever Meta wrote.
    package var language: String
    /// `APPROVED`, `RED`, `MARKETING`, …: the new value of what the kind speaks of.
    package var value: String
    package var previousValue: String?
    package var reason: String?
    package var at: Timestamp?
    /// The change as JSON text.
    package var detail: String

    package init(
        kind: Kind, templateID: String, name: String, language: String, value: String, previousValue: String? = nil,
        reason: String? = nil, at: Timestamp?, detail: String
    ) {
        self.kind = kind
        self.templateID = templateID
        self.name = name
        self.language = language
        self.value = value
        self.previousValue = previousValue
        self.reason = reason
        self.at = at
        self.detail = detail
    }

    /// The value as Meta's list of templates has it: there, what came back is approved like any other.
    package var valueAsListed: String {
        switch (kind, value) {
        case (.status, "REINSTATED"), (.status, "UNARCHIVED"): "APPROVED"
        default: value
        }
    }
}

/// News of an account, number, group, flow or partner.
package struct AccountNotice: Equatable, Sendable {
    /// What happened, in Meta's words: `event`, `decision`, `current_limit`, …
    package var event: String
    /// What it happened to, when the change names it: a display number, a flow or group id.
    package var subject: String?
    package var at: Timestamp?
    /// The value of the change as JSON text, keys sorted: also its key against duplicates, with `at`.
    package var detail: String
    /// The portfolio's limit, when that is the news.
    package var messagingLimit: MessagingLimit?
    /// What became of the account, when that is the news.
    package var standing: AccountStanding?

    package init(
        event: String, subject: String?, at: Timestamp?, detail: String, messagingLimit: MessagingLimit? = nil,
        standing: AccountStanding? = nil
    ) {
        self.event = event
        self.subject = subject
        self.at = at
        self.detail = detail
        self.messagingLimit = messagingLimit
        self.standing = standing
    }
}
