import Domain

/// Above the thread: who it is, who answers, and handing over. Fetched again on the event `conversation-{id}`.
package struct ConversationHeader: PageFragment {
    package static let template = "thread/header"

    /// A hand-over: the new owner, changed only while the old one is still what the page showed.
    package struct Transfer: Sendable {
        /// `reader`, `queue`, `automation` or `person:{id}`.
        package let owner: String
        package let label: String
        package let icon: String
    }

    /// The contact's record in a CRM.
    package struct Record: Sendable {
        package let url: String
        /// "Open in HubSpot"
        package let label: String
    }

    package let id: String
    package let name: String
    package let avatar: AvatarView
    /// The phone number or user name under the name, when it says more than the name.
    package let handle: String?
    package let number: String?
    /// In the CRMs whose pages are known.
    package let records: [Record]
    package let owner: OwnerView
    /// What the page showed: `automation`, `queue` or `person:{id}`.
    package let expectedOwner: String
    package let ownerURL: String
    /// What one does most: take over; nil when the reader has the conversation.
    package let takeOver: Transfer?
    /// Giving it back.
    package let releases: [Transfer]
    /// Handing it to somebody else.
    package let colleagues: [Transfer]
    package let hasColleagues: Bool
    package let waitingSince: MomentText?
    package let window: WindowView
    package let isClosed: Bool
    /// Without a script a button says that all of it was read.
    package let isUnread: Bool
    package let readsURL: String
    package let stateURL: String
    package let listURL: String
    package let threadURL: String
    package let contactURL: String
    package let refreshURL: String
    package let event: String

    /// - Parameters:
    ///   - staff: everybody who may sign in, by name; the reader and who has it already are left out.
    ///   - links: the contact's records.
    package init(
        _ facts: ConversationFacts, staff: [StaffFacts] = [], links: [ContactFacts.Link] = [], filter: InboxFilter,
        in context: PageContext
    ) {
        let name = facts.person.displayName(in: context)
        let path = "/inbox/\(facts.id)"
        let handle = facts.person.phone ?? facts.person.username.map { "@" + $0 }
        self.id = facts.id.description
        self.name = name
        self.avatar = AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue)
        self.handle = handle == name ? nil : handle
        self.number = facts.number
        self.records = links.compactMap { link in
            link.url.map { Record(url: $0, label: context.words("contact.open", ["connection": link.connection])) }
        }
        self.owner = OwnerView(facts.owner, in: context)
        self.expectedOwner = facts.owner.token
        self.ownerURL = path + "/owner"
        (takeOver, releases) = Self.transfers(from: facts.owner, in: context)
        self.colleagues = Self.colleagues(staff, owner: facts.owner)
        self.hasColleagues = !colleagues.isEmpty
        self.waitingSince = facts.waitingSince.map { MomentText.relative($0, in: context) }
        self.window = WindowView(ends: facts.windowEnds, in: context)
        self.isClosed = facts.isClosed
        self.isUnread = facts.unread > 0
        self.readsURL = path + "/reads"
        self.stateURL = path + "/state"
        self.listURL = filter.url()
        self.threadURL = filter.url(path)
        self.contactURL = filter.url(path, [("pane", "contact")])
        self.refreshURL = filter.url("/fragments/conversations/\(facts.id)/header")
        self.event = "conversation-\(facts.id)"
    }

    private static func colleagues(_ staff: [StaffFacts], owner: OwnerFacts) -> [Transfer] {
        staff.filter { !$0.isReader && !$0.isDisabled }.map { person in
            Transfer(
                owner: OwnerFacts.person(id: person.id, name: person.name, isReader: false).token, label: person.name,
                icon: "user")
        }.filter { $0.owner != owner.token }
    }

    private static func transfers(
        from owner: OwnerFacts, in context: PageContext
    ) -> (takeOver: Transfer?, releases: [Transfer]) {
        let words = context.words
        let take = Transfer(owner: "reader", label: words("owner.takeOver"), icon: "hand")
        let queue = Transfer(owner: "queue", label: words("owner.toQueue"), icon: "users")
        let bot = Transfer(owner: "automation", label: words("owner.toBot"), icon: "bot")
        switch owner {
        case .automation: return (take, [queue])
        case .queue: return (take, [bot])
        case .person(_, _, isReader: true): return (nil, [queue, bot])
        case .person(_, _, isReader: false): return (take, [queue, bot])
        }
    }
}
