package import Domain

/// A conversation in the list.
package struct ConversationRow: Sendable {
    package let id: String
    package let url: String
    package let isOpen: Bool
    package let name: String
    package let avatar: AvatarView
    package let excerpt: MessageExcerpt?
    /// Of the last message, when it is ours.
    package let status: StatusView?
    package let time: MomentText?
    package let unread: String?
    package let unreadLabel: String?
    package let owner: OwnerView
    package let window: WindowView
    package let waitingSince: MomentText?
    package let hasDeadLetter: Bool
    package let number: String?

    package init(_ facts: ConversationFacts, filter: InboxFilter, open: ConversationID?, in context: PageContext) {
        self.id = facts.id.description
        self.url = filter.url(of: facts.id)
        self.isOpen = facts.id == open
        self.name = facts.person.displayName(in: context)
        self.avatar = AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue)
        self.excerpt = facts.last.map { $0.isDeleted ? .deleted(in: context) : MessageExcerpt($0.content, in: context) }
        self.status = facts.last.flatMap { $0.isInbound ? nil : StatusView($0.status, in: context) }
        self.time = facts.last.map { MomentText.relative($0.at, in: context) }
        self.unread = facts.unread == 0 ? nil : facts.unread > 99 ? "99+" : String(facts.unread)
        self.unreadLabel = facts.unread == 0 ? nil : context.words.count("inbox.unread", facts.unread)
        self.owner = OwnerView(facts.owner, in: context)
        self.window = WindowView(ends: facts.windowEnds, in: context)
        self.waitingSince = facts.waitingSince.map { MomentText.relative($0, in: context) }
        self.hasDeadLetter = facts.hasDeadLetter
        self.number = facts.number
    }
}
