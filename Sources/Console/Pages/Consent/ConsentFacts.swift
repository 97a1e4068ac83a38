package import Domain

/// What is known of one person's consent, for the page about it.
package struct ConsentFacts: Sendable {
    /// A question that was asked.
    package struct Question: Sendable {
        package var state: OptInState
        /// As it was shown.
        package var words: String
        package var actor: String
        package var askedAt: Timestamp
        package var remindAt: Timestamp?
        package var remindedAt: Timestamp?
        package var expiresAt: Timestamp
        package var answeredAt: Timestamp?
        /// The conversation that it stands in.
        package var conversation: ConversationID?

        package init(
            state: OptInState, words: String, actor: String, askedAt: Timestamp, remindAt: Timestamp? = nil,
            remindedAt: Timestamp? = nil, expiresAt: Timestamp, answeredAt: Timestamp? = nil,
            conversation: ConversationID? = nil
        ) {
            self.state = state
            self.words = words
            self.actor = actor
            self.askedAt = askedAt
            self.remindAt = remindAt
            self.remindedAt = remindedAt
            self.expiresAt = expiresAt
            self.answeredAt = answeredAt
            self.conversation = conversation
        }
    }

    package var person: PersonFacts
    package var standing: RecipientStanding
    /// Newest first.
    package var entries: [ConsentEntry]
    package var questions: [Question]
    /// Why the person is not asked now.
    package var askRefusal: OptInRefusal?

    package init(
        person: PersonFacts, standing: RecipientStanding, entries: [ConsentEntry], questions: [Question] = [],
        askRefusal: OptInRefusal? = nil
    ) {
        self.person = person
        self.standing = standing
        self.entries = entries
        self.questions = questions
        self.askRefusal = askRefusal
    }
}

/// What the send gate says about writing to one person now.
package struct VerdictFacts: Sendable {
    package struct Template: Sendable {
        package var id: TemplateID
        package var name: String
        package var language: String
        package var category: String
        /// Nil: it may be sent.
        package var refusal: SendRefusal?
        /// It can ask for consent: two quick replies, and nothing to fill in.
        package var canAsk: Bool

        package init(
            id: TemplateID, name: String, language: String, category: String, refusal: SendRefusal? = nil,
            canAsk: Bool = false
        ) {
            self.id = id
            self.name = name
            self.language = language
            self.category = category
            self.refusal = refusal
            self.canAsk = canAsk
        }
    }

    package struct Number: Sendable {
        package var id: NumberID
        package var name: String

        package init(id: NumberID, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Those that one can write from.
    package var numbers: [Number]
    package var number: NumberID
    /// Against a free-form answer.
    package var answer: SendRefusal?
    package var templates: [Template]
    package var sender: SenderName
    /// What Puente adds to a free-form answer that does not name the company.
    package var senderLine: String?

    package init(
        numbers: [Number], number: NumberID, answer: SendRefusal?, templates: [Template], sender: SenderName,
        senderLine: String? = nil
    ) {
        self.numbers = numbers
        self.number = number
        self.answer = answer
        self.templates = templates
        self.sender = sender
        self.senderLine = senderLine
    }
}

/// The form for something that somebody was told, as it was sent, and what is wrong with it.
package struct ConsentDraft: Sendable {
    package var purpose: ConsentPurpose
    package var change: ConsentEntry.Change
    package var source: ConsentSource
    package var words: String
    /// `2026-11-18`; empty for today.
    package var date: String
    package var error: LocalizedText?

    package init(
        purpose: ConsentPurpose = .marketing, change: ConsentEntry.Change = .granted, source: ConsentSource = .staff,
        words: String = "", date: String = "", error: LocalizedText? = nil
    ) {
        self.purpose = purpose
        self.change = change
        self.source = source
        self.words = words
        self.date = date
        self.error = error
    }
}
