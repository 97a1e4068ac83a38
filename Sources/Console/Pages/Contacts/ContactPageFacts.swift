package import Domain

/// A contact with everything that its page shows.
package struct ContactPageFacts: Sendable {
    package enum HandleKind: String, Sendable { case phone, email, bsuid, parentBSUID, other }

    package struct Handle: Sendable {
        package var id: HandleID
        package var kind: HandleKind
        /// As people read it.
        package var text: String
        /// As it is copied.
        package var copied: String
        package var country: LocalizedText?
        /// Of a phone number.
        package var phone: PhoneFacts?
        /// A phone that its country's plan does not have, and of which WhatsApp has not told.
        package var isDoubtful: Bool
        /// Since messages to it cannot be delivered; nil where they arrive, as far as is known.
        package var unreachable: Unreachable?
        package var validFrom: Timestamp
        /// Nil while it holds.
        package var validTo: Timestamp?
        /// `webhook`, `person`, `import`, …
        package var evidence: String

        package init(
            id: HandleID, kind: HandleKind, text: String, copied: String, country: LocalizedText? = nil,
            phone: PhoneFacts? = nil, isDoubtful: Bool = false, unreachable: Unreachable? = nil, validFrom: Timestamp,
            validTo: Timestamp? = nil,
            evidence: String
        ) {
            self.id = id
            self.kind = kind
            self.text = text
            self.copied = copied
            self.country = country
            self.phone = phone
            self.isDoubtful = isDoubtful
            self.unreachable = unreachable
            self.validFrom = validFrom
            self.validTo = validTo
            self.evidence = evidence
        }
    }

    /// What is known of a number at which nobody is reached.
    package struct Unreachable: Hashable, Sendable {
        package var since: Timestamp
        package var lastAt: Timestamp
        package var messages: Int

        package init(since: Timestamp, lastAt: Timestamp, messages: Int) {
            self.since = since
            self.lastAt = lastAt
            self.messages = messages
        }
    }

    package struct Conversation: Sendable {
        package var id: ConversationID
        package var preview: String
        package var isClosed: Bool
        package var unread: Int
        package var lastMessageAt: Timestamp
        /// The business number's name, when there are several.
        package var number: String?

        package init(
            id: ConversationID, preview: String, isClosed: Bool, unread: Int, lastMessageAt: Timestamp, number: String?
        ) {
            self.id = id
            self.preview = preview
            self.isClosed = isClosed
            self.unread = unread
            self.lastMessageAt = lastMessageAt
            self.number = number
        }
    }

    /// What the form of the details showed when it was drawn.
    package struct Basis: Sendable {
        package let name: String
        package let language: String
        package let note: String

        package init(name: String, language: String?, note: String) {
            self.name = name
            self.language = language ?? ""
            self.note = note
        }
    }

    package var heading: ContactHeadingFacts
    /// As the company knows the person; may be empty.
    package var name: String
    package var language: String?
    package var note: String
    package var handles: [Handle]
    package var links: [ContactFacts.Link]
    package var conversations: [Conversation]
    package var createdAt: Timestamp
    package var updatedAt: Timestamp

    package init(
        heading: ContactHeadingFacts, name: String, language: String?, note: String, handles: [Handle],
        links: [ContactFacts.Link], conversations: [Conversation], createdAt: Timestamp, updatedAt: Timestamp
    ) {
        self.heading = heading
        self.name = name
        self.language = language
        self.note = note
        self.handles = handles
        self.links = links
        self.conversations = conversations
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What somebody sent and could not be done, shown where they typed it.
package struct ContactMistake: Sendable {
    package enum Form: String, Sendable { case details, address }

    package var form: Form
    package var sentence: LocalizedText
    /// Who has the address already.
    package var owner: PersonFacts?

    package init(_ form: Form, _ sentence: LocalizedText, owner: PersonFacts? = nil) {
        self.form = form
        self.sentence = sentence
        self.owner = owner
    }
}

/// Who has an address that somebody wanted to enter.
package struct HolderView: Sendable {
    package let name: String
    package let url: String
    /// "Open Lucía Fernández"
    package let open: String
    /// Where both are compared, and merged when they are one person; nil while there is only one.
    package let mergeURL: String?

    package init(_ person: PersonFacts, beside other: ContactID? = nil, in context: PageContext) {
        mergeURL = other.map { "/duplicates/\($0)/\(person.id)" }
        name = person.displayName(in: context)
        url = "/contacts/\(person.id)"
        open = context.words("contacts.taken.open", ["name": name])
    }
}
