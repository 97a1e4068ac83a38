/// One line of the ledger of consent: what was said, when, in which words, and how we know. Added, never changed.
package struct ConsentEntry: Equatable, Sendable {
    package enum Change: String, Codable, CaseIterable, Sendable {
        case granted, withdrawn
        /// The person asked for messages after all, but was shown no words to agree to: a question may follow.
        case requested
    }

    package let id: ConsentEntryID
    package let purpose: ConsentPurpose
    package let change: Change
    /// Confirmed by the person in answer to a question of ours.
    package let isDouble: Bool
    package let source: ConsentSource
    /// What the person was shown or said, verbatim; may be empty.
    package let words: String
    /// When it was said.
    package let at: Timestamp
    package let recordedAt: Timestamp
    /// A person's, key's or program's name; the person's own words have ``person``.
    package let actor: String
    package let evidence: ConsentEvidence
    /// The message that said it.
    package let message: MessageID?

    /// The actor of what the contact did.
    package static let person = "contact"

    package init(
        id: ConsentEntryID, purpose: ConsentPurpose, change: Change, isDouble: Bool = false, source: ConsentSource,
        words: String = "", at: Timestamp, recordedAt: Timestamp, actor: String,
        evidence: ConsentEvidence = ConsentEvidence(), message: MessageID? = nil
    ) {
        self.id = id
        self.purpose = purpose
        self.change = change
        self.isDouble = isDouble
        self.source = source
        self.words = words
        self.at = at
        self.recordedAt = recordedAt
        self.actor = actor
        self.evidence = evidence
        self.message = message
    }
}

/// What proves an entry, beside its words. Kept as JSON.
package struct ConsentEvidence: Equatable, Codable, Sendable {
    /// The wamid of the message that said it.
    package var wamid: String?
    /// The wamid of the question that it answers.
    package var question: String?
    package var optIn: OptInID?
    /// The id and the title of the button that was pressed.
    package var button: String?
    package var buttonTitle: String?
    /// Meta's error code.
    package var code: String?
    /// The file, and the line of it.
    package var file: String?
    package var line: Int?
    /// The change that wrote it, of those that can be put back.
    package var change: ChangeID?
    /// Where a form stands, the number of a call, a program's own word: whatever helps to find it again.
    package var reference: String?
    /// Which of a merged person's WhatsApp accounts said it: an undo gives it back to whose that is. Nil of somebody who
    /// was one all along.
    package var account: ContactID?

    package init(
        wamid: String? = nil, question: String? = nil, optIn: OptInID? = nil, button: String? = nil,
        buttonTitle: String? = nil, code: String? = nil, file: String? = nil, line: Int? = nil,
        change: ChangeID? = nil, reference: String? = nil, account: ContactID? = nil
    ) {
        self.wamid = wamid
        self.question = question
        self.optIn = optIn
        self.button = button
        self.buttonTitle = buttonTitle
        self.code = code
        self.file = file
        self.line = line
        self.change = change
        self.reference = reference
        self.account = account
    }
}
