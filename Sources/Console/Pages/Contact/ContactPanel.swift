package import Domain

/// The contact beside the thread.
package struct ContactFacts: Sendable {
    package struct Handle: Sendable {
        package enum Kind: String, Sendable { case phone, userID, username, email }

        package var kind: Kind
        package var value: String
        /// Nobody is reached there, as far as is known.
        package var isUnreachable: Bool

        package init(kind: Kind, value: String, isUnreachable: Bool = false) {
            self.kind = kind
            self.value = value
            self.isUnreachable = isUnreachable
        }
    }

    /// The contact's record in one CRM.
    package struct Link: Sendable {
        package var connection: String
        package var lastSync: Timestamp?
        /// The connection is: nothing is kept alike.
        package var isSwitchedOff: Bool
        /// The record in the CRM's own pages; nil where that is not known.
        package var url: String?
        /// What it has as phone numbers and nobody can read, and why.
        package var unreadable: [Unreadable]
        /// What sync did; nil where that is not shown.
        package var sync: Sync?

        /// It was synchronised, and the connection still works.
        var isKept: Bool { lastSync != nil && !isSwitchedOff }

        package struct Sync: Sendable {
            /// Of the connection, in the configuration.
            package var slug: String
            package var comparedAt: Timestamp?
            /// Fields that wait for a person.
            package var conflicts: Int

            package init(slug: String, comparedAt: Timestamp?, conflicts: Int) {
                self.slug = slug
                self.comparedAt = comparedAt
                self.conflicts = conflicts
            }
        }

        package struct Unreadable: Sendable {
            package var text: String
            package var reason: LocalizedText

            package init(_ text: String, _ reason: LocalizedText) {
                self.text = text
                self.reason = reason
            }
        }

        package init(
            connection: String, lastSync: Timestamp?, isSwitchedOff: Bool = false, url: String? = nil,
            unreadable: [Unreadable] = [], sync: Sync? = nil
        ) {
            self.connection = connection
            self.lastSync = lastSync
            self.isSwitchedOff = isSwitchedOff
            self.url = url
            self.unreadable = unreadable
            self.sync = sync
        }
    }

    package var person: PersonFacts
    package var handles: [Handle]
    package var links: [Link]
    package var firstSeen: Timestamp?
    /// Labels, fields and states; nil where they are not shown.
    package var details: ContactDetailsFacts?
    /// Whether they may be written to; nil where there is no number to write from.
    package var writing: WritingFacts?

    package init(
        person: PersonFacts, handles: [Handle], links: [Link], firstSeen: Timestamp?,
        details: ContactDetailsFacts? = nil, writing: WritingFacts? = nil
    ) {
        self.person = person
        self.handles = handles
        self.links = links
        self.firstSeen = firstSeen
        self.details = details
        self.writing = writing
    }
}

/// The panel at the right: who the customer is, here and in the CRM.
package struct ContactPanel: PageFragment {
    package static let template = "contact/panel"

    package struct Handle: Sendable {
        package let icon: String
        package let label: String
        package let value: String
        package let isUnreachable: Bool
    }

    package struct Link: Sendable {
        package let connection: String
        package let lastSync: MomentText?
        package let isSwitchedOff: Bool
        /// Synchronised, and still kept so.
        package let isKept: Bool
        package let url: String?
        /// "Open in HubSpot"
        package let open: String
    }

    package let name: String
    /// The page about the contact.
    package let url: String
    package let avatar: AvatarView
    package let handles: [Handle]
    package let links: [Link]
    package let window: WindowView
    /// Whether they may be written to, freely and with promotions; none where nothing can be sent from here.
    package let writing: [WritingLine]
    package let hasWriting: Bool
    package let consentURL: String
    package let firstSeen: MomentText?
    package let details: ContactDetailsCard?
    package let refreshURL: String
    package let event: String

    package init(
        _ facts: ContactFacts, conversation: ConversationID, windowEnds: Timestamp?, in context: PageContext
    ) {
        self.name = facts.person.displayName(in: context)
        self.url = "/contacts/\(facts.person.id)"
        self.avatar = AvatarView(name: facts.person.name ?? "", seed: facts.person.id.rawValue)
        self.handles = facts.handles.map { Self.handle($0, in: context) }
        self.links = facts.links.map { link in
            Link(
                connection: link.connection, lastSync: link.lastSync.map { MomentText.sentence($0, in: context) },
                isSwitchedOff: link.isSwitchedOff, isKept: link.isKept, url: link.url,
                open: context.words("contact.open", ["connection": link.connection]))
        }
        let window = WindowView(ends: windowEnds, in: context)
        self.window = window
        self.writing = facts.writing.map { WritingLine.all($0, window: window, in: context) } ?? []
        self.hasWriting = facts.writing != nil
        self.consentURL = "/contacts/\(facts.person.id)/consent"
        self.firstSeen = facts.firstSeen.map { MomentText.sentence($0, in: context) }
        self.details = facts.details.map { ContactDetailsCard($0, in: context) }
        self.refreshURL = "/fragments/conversations/\(conversation)/contact"
        self.event = "conversation-\(conversation)"
    }

    private static func handle(_ handle: ContactFacts.Handle, in context: PageContext) -> Handle {
        let icon =
            switch handle.kind {
            case .phone: "phone"
            case .userID: "id-card"
            case .username: "at-sign"
            case .email: "mail"
            }
        let value = handle.kind == .username ? "@" + handle.value : handle.value
        return Handle(
            icon: icon, label: context.words("contact.handle.\(handle.kind.rawValue)"), value: value,
            isUnreachable: handle.isUnreachable)
    }
}
