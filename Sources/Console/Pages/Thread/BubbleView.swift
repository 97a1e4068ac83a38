import Domain

/// A message as it stands in the thread.
package struct BubbleView: Sendable {
    package struct Reaction: Sendable {
        package let emoji: String
        package let label: String
    }

    package let id: String
    /// Classes of the message and of its bubble.
    package let classes: String
    package let bubbleClasses: String
    package let isInbound: Bool
    package let isAutomation: Bool
    /// Shown above the first bubble of a run; "You", "Ana", "Bot · Welcome".
    package let author: String
    /// Whether this bubble begins a run of one author.
    package let startsRun: Bool
    package let time: MomentText
    package let content: BubbleContent
    /// The template of this kind of content.
    package let contentTemplate: String
    package let quote: QuoteView?
    package let reactions: [Reaction]
    /// What is told above or below the text; nil for most messages.
    package let marks: BubbleMarks?
    /// Of messages of ours.
    package let status: StatusView?
    package let failure: FailureView?
    package let record: RecordView?
    /// Answers to this message: the composer with it quoted. Nil where WhatsApp knows no quote.
    package let replyURL: String?
    /// Read out when the message arrives while the page is open.
    package let announcement: String?

    init(
        _ facts: MessageFacts, startsRun: Bool, reactions: [Reaction], person: String,
        conversation: ConversationID, filter: InboxFilter, in context: PageContext
    ) {
        self.id = facts.id.description
        self.isInbound = facts.isInbound
        self.isAutomation = facts.isAutomation
        self.classes = facts.classes(startsRun: startsRun)
        self.bubbleClasses = facts.bubbleClasses
        let author = facts.authorName(person: person, in: context)
        self.author = author
        self.startsRun = startsRun
        self.time = MomentText.clock(facts.at, in: context)
        let content = facts.isDeleted ? .deleted : BubbleContent(facts.content, media: facts.media, in: context)
        self.content = content
        self.contentTemplate = content.template
        self.quote = facts.quote.map { QuoteView($0, person: person, in: context) }
        self.reactions = reactions
        self.marks = BubbleMarks(facts, in: context)
        self.status = facts.isInbound ? nil : StatusView(facts.status, in: context)
        self.failure = FailureView(facts, conversation: conversation, in: context)
        self.record = RecordView(facts.record, in: context)
        let reply = filter.url("/inbox/\(conversation)", [("reply", facts.id.description)])
        self.replyURL = facts.messageID == nil || facts.isDeleted ? nil : reply
        let excerpt = MessageExcerpt(facts.content, in: context).text
        self.announcement = facts.isInbound ? "\(author): \(excerpt)" : nil
    }
}

/// What is told of a message beside its content.
package struct BubbleMarks: Sendable {
    /// "Another attempt" under the message that failed.
    package let isRetry: Bool
    package let isForwarded: Bool
    package let isEdited: Bool
    package let isHistory: Bool
    package let advertisement: AdvertisementView?

    init?(_ facts: MessageFacts, in context: PageContext) {
        self.isRetry = facts.attemptOf != nil
        self.isForwarded = facts.isForwarded
        self.isEdited = facts.isEdited
        self.isHistory = facts.isHistory
        self.advertisement = facts.advertisement.map { AdvertisementView($0, in: context) }
        guard isRetry || isForwarded || isEdited || isHistory || advertisement != nil else { return nil }
    }
}

/// An advertisement's headline; a link only when it leads to the web.
package struct AdvertisementView: Sendable {
    package let headline: String
    package let url: String?

    init(_ facts: AdvertisementFacts, in context: PageContext) {
        self.headline = facts.headline ?? context.words("bubble.advertisement")
        self.url = facts.url.flatMap { $0.hasPrefix("https://") || $0.hasPrefix("http://") ? $0 : nil }
    }
}

extension MessageFacts {
    var isInbound: Bool { author == .customer }

    fileprivate func classes(startsRun: Bool) -> String {
        let classes = [
            isInbound ? "is-in" : "is-out", startsRun ? "starts-run" : nil, isAutomation ? "is-automation" : nil,
            attemptOf == nil ? nil : "is-retry",
        ]
        return classes.compactMap(\.self).joined(separator: " ")
    }

    fileprivate var bubbleClasses: String {
        let failure =
            switch status {
            case .failed, .refused: "has-failed"
            case .uncertain: "has-failed is-uncertain"
            case .received, .queued, .sending, .accepted, .sent, .delivered, .read, .played: ""
            }
        return isHistory ? failure + " is-history" : failure
    }

    var isAutomation: Bool {
        if case .automation = author { return true }
        return false
    }

    func authorName(person: String, in context: PageContext) -> String {
        switch author {
        case .customer: person
        case .staff(let name, let isReader): isReader ? context.words("author.you") : name
        case .automation(let rule): context.words("author.bot", ["rule": rule])
        case .api: context.words("author.api")
        case .crm(let connection): context.words("author.crm", ["connection": connection])
        case .phone: context.words("author.phone")
        }
    }
}
