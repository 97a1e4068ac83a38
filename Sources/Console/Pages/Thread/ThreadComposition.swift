import Domain

/// Puts the messages of a conversation into the lines of a thread: days, runs of one author, reactions on the message
/// they belong to.
struct ThreadComposition {
    /// A pause longer than this begins a new run, with its author named again.
    static let longestPause: Duration = .minutes(5)

    private let messages: [MessageFacts]
    private let person: String
    private let conversation: ConversationID
    private let filter: InboxFilter
    private let context: PageContext
    /// The wamids on this page, which reactions may belong to.
    private let targets: Set<String>

    init(
        messages: [MessageFacts], person: String, conversation: ConversationID, filter: InboxFilter,
        context: PageContext
    ) {
        self.messages = messages
        self.person = person
        self.conversation = conversation
        self.filter = filter
        self.context = context
        self.targets = Set(messages.compactMap(\.messageID))
    }

    func entries() -> [ThreadMessages.Entry] {
        let reactions = reactionsByTarget()
        var entries: [ThreadMessages.Entry] = []
        var previous: MessageFacts?
        for message in messages where !isAttached(message) {
            if isNewDay(message, after: previous) { entries.append(.init(day: day(of: message))) }
            if message.followsGap { entries.append(.init(gap: .init(text: context.words("thread.gap")))) }
            entries.append(entry(of: message, after: previous, reactions: reactions))
            previous = message
        }
        return entries
    }

    private func entry(
        of message: MessageFacts, after previous: MessageFacts?, reactions: [String: [MessageFacts]]
    ) -> ThreadMessages.Entry {
        if let note = note(of: message) { return .init(note: note) }
        let attached = message.messageID.flatMap { reactions[$0] } ?? []
        let shown = attached.compactMap(reaction) + message.reactions.compactMap { reaction($0, beside: attached) }
        return .init(
            bubble: BubbleView(
                message, startsRun: startsRun(message, after: previous), reactions: shown,
                person: person, conversation: conversation, filter: filter, in: context))
    }

    /// Reactions whose message is on this page; others are told as a note.
    private func isAttached(_ message: MessageFacts) -> Bool {
        guard case .reaction(let reaction) = message.content else { return false }
        return targets.contains(reaction.messageID)
    }

    /// The last word of each author counts: a reaction replaces the one before, an empty one takes it back.
    private func reactionsByTarget() -> [String: [MessageFacts]] {
        var result: [String: [MessageFacts]] = [:]
        for message in messages {
            guard case .reaction(let reaction) = message.content else { continue }
            result[reaction.messageID, default: []].removeAll { $0.author == message.author }
            if !reaction.emoji.isEmpty { result[reaction.messageID, default: []].append(message) }
        }
        return result
    }

    /// A reaction that came on another page; on its own page the message that brought it tells more.
    private func reaction(_ facts: ReactionFacts, beside attached: [MessageFacts]) -> BubbleView.Reaction? {
        guard !attached.contains(where: { $0.isInbound == facts.isInbound }) else { return nil }
        let name = facts.isInbound ? person : context.words("author.company")
        return .init(
            emoji: String(facts.emoji.prefix(4)),
            label: context.words("bubble.reaction", ["name": name, "emoji": facts.emoji]))
    }

    private func reaction(_ message: MessageFacts) -> BubbleView.Reaction? {
        guard case .reaction(let reaction) = message.content else { return nil }
        let author = message.authorName(person: person, in: context)
        return .init(
            emoji: String(reaction.emoji.prefix(4)),
            label: context.words("bubble.reaction", ["name": author, "emoji": reaction.emoji]))
    }

    private func note(of message: MessageFacts) -> ThreadMessages.Note? {
        let time = MomentText.clock(message.at, in: context)
        switch message.content {
        case .system(let note): return .init(icon: "info", text: note.body, time: time)
        case .reaction(let reaction):
            let key = reaction.emoji.isEmpty ? "thread.reactionRemoved" : "thread.reactionElsewhere"
            let name = message.authorName(person: person, in: context)
            return .init(icon: "smile", text: context.words(key, ["name": name, "emoji": reaction.emoji]), time: time)
        case .text, .media, .location, .contacts, .choice, .order, .interactive, .template, .unsupported: return nil
        }
    }

    private func startsRun(_ message: MessageFacts, after previous: MessageFacts?) -> Bool {
        guard let previous, previous.author == message.author, !isNewDay(message, after: previous) else { return true }
        return message.at - previous.at > Self.longestPause || message.followsGap || note(of: previous) != nil
    }

    private func isNewDay(_ message: MessageFacts, after previous: MessageFacts?) -> Bool {
        guard let previous else { return true }
        return context.civil(previous.at).dayNumber != context.civil(message.at).dayNumber
    }

    private func day(of message: MessageFacts) -> ThreadMessages.Day {
        let date = MomentText.clock(message.at, in: context).iso.prefix(10)
        return .init(label: MomentText.day(message.at, in: context), date: String(date))
    }
}
