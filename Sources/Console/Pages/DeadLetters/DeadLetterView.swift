import Domain

/// A dead letter as a row that opens.
package struct DeadLetterView: Sendable {
    package enum Urgency: Sendable { case calm, soon, overdue }

    package struct Attempt: Sendable {
        package let number: String
        package let time: MomentText
        package let code: String
        package let vendorText: String
    }

    package struct Field: Sendable {
        package let name: String
        package let label: String
        package let value: String
        package let isText: Bool
        package let error: String?
    }

    package struct Refused: Sendable {
        package let ours: String?
        /// "Field in HubSpot"
        package let theirsLabel: String
        package let theirs: String
        package let name: String
        package let value: String
    }

    /// A person is asked for it within 24 hours; four before that it turns amber.
    package static let soon: Duration = .hours(4)

    package let id: String
    package let icon: String
    package let isUncertain: Bool
    /// "Message to Lucía Fernández"
    package let what: String
    /// "to HubSpot", "from +1 555-078-3881"
    package let way: String
    package let excerpt: MessageExcerpt?
    package let why: String
    package let code: String
    package let vendorText: String?
    package let failedAt: MomentText
    package let urgency: Urgency
    /// "due in 3 h", "2 h overdue"
    package let due: String
    package let dueAt: MomentText
    package let attempts: [Attempt]
    package let attemptsLabel: String
    package let followers: String?
    package let fields: [Field]
    package let hasFields: Bool
    package let mayRetry: Bool
    /// Why trying again is not offered.
    package let refusal: String?
    /// Where a template is sent instead.
    package let templateURL: String?
    package let conversationURL: String?
    /// Where what a CRM refuses of somebody is corrected.
    package let contactURL: String?
    package let refused: Refused?
    /// The contact's record in the CRM, and "Open in HubSpot".
    package let recordURL: String?
    package let recordLabel: String
    package let mappingURL: String?
    package let correctionsURL: String
    package let isOpen: Bool
    /// What dismissing means here, said before it is done.
    package let dismissal: String

    package init(_ facts: DeadLetterFacts, isOpen: Bool, in context: PageContext) {
        let words = context.words
        let name = facts.person?.displayName(in: context)
        let key = "deadLetters.work.\(facts.work.rawValue)"
        self.id = facts.id.description
        self.icon = Self.icon(of: facts.work)
        self.isUncertain = facts.work == .uncertain
        self.what = name.map { words(key + ".of", ["name": $0]) } ?? words(key + ".plain")
        self.way = words("deadLetters.way.\(facts.work.rawValue)", ["place": facts.destination])
        self.excerpt = facts.content.map { MessageExcerpt($0, in: context) }
        self.why = facts.advice[context.language]
        self.code = facts.code
        self.vendorText = facts.vendorText.isEmpty ? nil : String(facts.vendorText.prefix(2000))
        self.failedAt = MomentText.sentence(facts.failedAt, in: context)
        (urgency, due) = Self.due(facts.dueAt, in: context)
        self.dueAt = MomentText.sentence(facts.dueAt, in: context)
        self.attempts = facts.attempts.enumerated().map { index, attempt in
            Attempt(
                number: String(attempt.number ?? index + 1), time: MomentText.sentence(attempt.at, in: context),
                code: attempt.code,
                vendorText: String(attempt.vendorText.prefix(500)))
        }
        self.attemptsLabel = Self.attempts(facts, in: context)
        self.followers = facts.followers == 0 ? nil : words.count("deadLetters.followers", facts.followers)
        self.fields = facts.fields.map {
            Field(
                name: $0.name, label: $0.label[context.language], value: $0.value, isText: $0.isText,
                error: $0.error?[context.language])
        }
        self.hasFields = !facts.fields.isEmpty
        self.mayRetry = facts.refusal == nil
        self.refusal = facts.refusal?.sentence[context.language]
        self.templateURL =
            facts.refusal == nil ? nil : facts.conversation.map { "/inbox/\($0)?templates=all#composer" }
        self.conversationURL = facts.conversation.map { "/inbox/\($0)" }
        self.contactURL = Self.contactURL(facts)
        self.refused = facts.refused.map { Refused($0, at: facts.destination, in: context) }
        self.recordURL = facts.recordURL
        self.recordLabel = words("contact.open", ["connection": facts.destination])
        self.mappingURL = facts.mappingURL
        self.correctionsURL = "/dead-letters/\(facts.id)/corrections"
        self.isOpen = isOpen
        self.dismissal = words("deadLetters.dismissal.\(facts.work.rawValue)")
    }

    private static func attempts(_ facts: DeadLetterFacts, in context: PageContext) -> String {
        let count = facts.attempts.last?.number ?? facts.attempts.count
        let label = context.words.count("deadLetters.attempts", count)
        guard count > 1, let since = facts.since else { return label }
        let time = MomentText.sentence(since, in: context).short
        return "\(label) \(context.words("deadLetters.since", ["time": time]))"
    }

    private static func contactURL(_ facts: DeadLetterFacts) -> String? {
        switch facts.work {
        case .record, .contact: facts.person.map { "/contacts/\($0.id)" }
        case .send, .uncertain, .media, .hook: nil
        }
    }

    private static func due(_ moment: Timestamp, in context: PageContext) -> (Urgency, String) {
        let left = moment - context.now
        let span = context.formats.roundedSpan(milliseconds: abs(left.wholeMilliseconds))
        if left <= .zero { return (.overdue, context.words("deadLetters.overdue", ["span": span])) }
        return (left < soon ? .soon : .calm, context.words("deadLetters.dueIn", ["span": span]))
    }

    private static func icon(of work: DeadLetterFacts.Work) -> String {
        switch work {
        case .send: "send"
        case .uncertain: "hourglass"
        case .record: "cloud-alert"
        case .contact: "contact"
        case .media: "image"
        case .hook: "webhook"
        }
    }
}

extension DeadLetterView.Refused {
    fileprivate init(_ facts: DeadLetterFacts.Refused, at place: String, in context: PageContext) {
        self.init(
            ours: facts.ours?[context.language],
            theirsLabel: context.words("deadLetters.refused.theirs", ["place": place]), theirs: facts.theirs,
            name: facts.name, value: facts.value ?? context.words("deadLetters.refused.nothing"))
    }
}
