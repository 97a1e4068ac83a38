import Domain

/// A message as it stands in the thread.
package struct BubbleView: Sendable {
    package struct Reaction: Sendable {
        package let emoji: String
        package let label: String
    }

    package let id: String
    package let isInbound: Bool
    package let isAutomation: Bool
    /// Shown above the first bubble of a run; "You", "Ana", "Bot · Welcome".
    package let author: String
    /// Whether this bubble begins a run of one author.
    package let startsRun: Bool
    package let time: MomentText
    package let content: BubbleContent
    package let quote: QuoteView?
    package let reactions: [Reaction]
    package let isForwarded: Bool
    package let isEdited: Bool
    package let isHistory: Bool
    package let advertisement: AdvertisementView?
    /// Of messages of ours.
    package let status: StatusView?
    package let failure: FailureView?
    package let record: RecordView?
    /// "Another attempt" under the message that failed.
    package let isRetry: Bool
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
        let author = facts.authorName(person: person, in: context)
        self.author = author
        self.startsRun = startsRun
        self.time = MomentText.clock(facts.at, in: context)
        self.content = facts.isDeleted ? .deleted : BubbleContent(facts.content, media: facts.media, in: context)
        self.quote = facts.quote.map { QuoteView($0, person: person, in: context) }
        self.reactions = reactions
        self.isForwarded = facts.isForwarded
        self.isEdited = facts.isEdited
        self.isHistory = facts.isHistory
        self.advertisement = facts.advertisement.map { AdvertisementView($0, in: context) }
        self.status = facts.isInbound ? nil : StatusView(facts.status, in: context)
        self.failure = FailureView(facts, conversation: conversation, in: context)
        self.record = RecordView(facts.record, in: context)
        self.isRetry = facts.attemptOf != nil
        let reply = filter.url("/inbox/\(conversation)", [("reply", facts.id.description)])
        self.replyURL = facts.messageID == nil || facts.isDeleted ? nil : reply + "#composer"
        let excerpt = MessageExcerpt(facts.content, in: context).text
        self.announcement = facts.isInbound ? "\(author): \(excerpt)" : nil
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
