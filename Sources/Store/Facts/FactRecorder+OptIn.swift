import Domain

/// The answer to a question for consent: the proof.
extension FactRecorder {
    /// A yes counts when it answers exactly our question (its button, under its message) before the question expired, by
    /// the time at which it was given. A no always counts, also to a question that is not kept any more. Whoever says yes too
    /// late is asked anew.
    /// - Returns: whether the press was understood; a yes to a question that the person was not asked is none.
    mutating func hear(
        _ button: OptInButton, in message: ReceivedMessage, id: MessageID, _ occasion: ConsentOccasion
    ) throws -> Bool {
        guard let question = try connection.optInQuestion(button.optIn, of: occasion.contact, in: occasion.workspace)
        else { return try hearNo(button, in: message, id: id, occasion) }
        let quoted = message.context?.messageID
        let shown = quoted.flatMap { question.shown[$0] }
        let draft = ConsentEntryDraft(
            contact: occasion.contact, purpose: .marketing, change: button.isYes ? .granted : .withdrawn,
            isDouble: button.isYes, source: .optIn, words: shown ?? question.words, at: message.at,
            actor: ConsentEntry.person,
            evidence: ConsentEvidence(
                wamid: message.id, question: quoted, optIn: button.optIn, button: button.id,
                buttonTitle: message.content.title, account: occasion.account),
            message: id)
        if !button.isYes {
            try connection.answerQuestion(
                button.optIn, as: .declined, by: id, at: message.at, in: occasion.workspace)
            try withdraw(draft, occasion, languages: question.languages)
        } else if shown != nil {
            if message.at <= question.expiresAt {
                try grant(draft, answering: button.optIn, occasion, languages: question.languages)
            } else {
                reply(.question, to: occasion, languages: question.languages)
            }
        }
        return true
    }

    /// The question went with the person's data, for example, and stands in their chat all the same.
    private mutating func hearNo(
        _ button: OptInButton, in message: ReceivedMessage, id: MessageID, _ occasion: ConsentOccasion
    ) throws -> Bool {
        guard !button.isYes else { return false }
        let draft = ConsentEntryDraft(
            contact: occasion.contact, purpose: .marketing, change: .withdrawn, source: .message,
            words: message.content.title, at: message.at, actor: ConsentEntry.person,
            evidence: ConsentEvidence(wamid: message.id, button: button.id, account: occasion.account), message: id)
        try withdraw(draft, occasion, languages: [])
        return true
    }

    private mutating func grant(
        _ draft: ConsentEntryDraft, answering question: OptInID, _ occasion: ConsentOccasion,
        languages: [ConsentLanguage]
    ) throws {
        guard let message = draft.message else { return }
        try connection.recordConsent(draft, in: occasion.workspace, ids: store.ids, at: now)
        try connection.answerQuestion(question, as: .granted, by: message, at: draft.at, in: occasion.workspace)
        let standing = try connection.consentStandings(of: [draft.contact], in: occasion.workspace)
        // A yes from before a later no gives nobody thanks.
        guard standing[draft.contact]?[draft.purpose]?.word == .granted else { return }
        try connection.closeQuestions(of: draft.contact, in: occasion.workspace)
        reply(.thanks, to: occasion, languages: languages)
    }

    /// After the conversations are written: only then the window is known to be open.
    mutating func answerConsent() throws {
        for (contact, reply) in consentReplies.sorted(by: { $0.key < $1.key }) {
            let voice = ConsentVoice(store: store, connection: connection, workspace: reply.workspace, now: now)
            let said =
                switch reply.kind {
                case .confirmation:
                    try voice.confirmWithdrawal(of: contact, in: reply.conversation, languages: reply.languages)
                case .thanks: try voice.thank(contact, in: reply.conversation, languages: reply.languages)
                case .question:
                    try voice.askAfterStartWord(contact, in: reply.conversation, languages: reply.languages)
                }
            guard let said else { continue }
            report.lanes.formUnion(said.lanes)
            report.conversations[reply.workspace, default: []].insert(said.conversation)
        }
        consentReplies = [:]
    }
}

extension MessageContent {
    /// Of the button that was pressed.
    fileprivate var title: String {
        if case .choice(let choice) = self { choice.title } else { "" }
    }
}
