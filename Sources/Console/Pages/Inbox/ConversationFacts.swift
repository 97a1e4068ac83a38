package import Domain

/// A row of the list, as the store knows it.
package struct ConversationFacts: Sendable {
    package var id: ConversationID
    package var person: PersonFacts
    package var last: LastMessageFacts?
    package var unread: Int
    package var owner: OwnerFacts
    /// When the customer-service window ends or ended; nil when the customer never wrote.
    package var windowEnds: Timestamp?
    /// Since when a customer's message has had no answer; nil when nobody waits.
    package var waitingSince: Timestamp?
    /// Something of this conversation is among the dead letters.
    package var hasDeadLetter: Bool
    /// The business number's name, when there are several.
    package var number: String?
    package var isClosed: Bool

    package init(
        id: ConversationID, person: PersonFacts, last: LastMessageFacts?, unread: Int, owner: OwnerFacts,
        windowEnds: Timestamp?, waitingSince: Timestamp?, hasDeadLetter: Bool, number: String?, isClosed: Bool
    ) {
        self.id = id
        self.person = person
        self.last = last
        self.unread = unread
        self.owner = owner
        self.windowEnds = windowEnds
        self.waitingSince = waitingSince
        self.hasDeadLetter = hasDeadLetter
        self.number = number
        self.isClosed = isClosed
    }
}

/// What names a person; at least one of the three is known.
package struct PersonFacts: Sendable {
    package var id: ContactID
    package var name: String?
    /// Without "@".
    package var username: String?
    /// As people read it: `+52 55 1234 5678`.
    package var phone: String?

    package init(id: ContactID, name: String? = nil, username: String? = nil, phone: String? = nil) {
        self.id = id
        self.name = name
        self.username = username
        self.phone = phone
    }

    /// The best name there is. A person known by a BSUID alone has none: a word of ours and the id's end.
    func displayName(in context: PageContext) -> String {
        for name in [name, username.map { "@" + $0 }, phone] {
            if let name, !name.allSatisfy(\.isWhitespace) { return name }
        }
        return context.words("inbox.nameless", ["id": String(id.description.suffix(4))])
    }
}

package struct LastMessageFacts: Sendable {
    package var content: MessageContent
    package var isInbound: Bool
    package var status: MessageStatus
    package var at: Timestamp
    /// Taken back by its author: the list says so, and nothing of what it was.
    package var isDeleted: Bool

    package init(
        content: MessageContent, isInbound: Bool, status: MessageStatus, at: Timestamp, isDeleted: Bool = false
    ) {
        self.content = content
        self.isInbound = isInbound
        self.status = status
        self.at = at
        self.isDeleted = isDeleted
    }
}

/// Who answers in a conversation.
package enum OwnerFacts: Sendable {
    case automation
    case queue
    case person(id: StaffID, name: String, isReader: Bool)

    /// For forms, which say what their page showed: `automation`, `queue` or `person:{id}`.
    var token: String {
        switch self {
        case .automation: "automation"
        case .queue: "queue"
        case .person(let id, _, _): "person:\(id)"
        }
    }
}
