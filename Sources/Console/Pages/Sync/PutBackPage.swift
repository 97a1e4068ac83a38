package import Domain

/// What somebody is about to put back.
package struct PutBackFacts: Sendable {
    package enum Subject: Sendable {
        case changes(Int)
        case contact(ContactID, PersonFacts?)
        /// `2026-11-26`, both days included; nil without a bound. With the moments that they are.
        case days(from: String?, to: String?, since: Timestamp, until: Timestamp)
    }

    package var subject: Subject
    package var changes: Int
    package var fields: Int
    package var contacts: Int
    /// There are more than were counted.
    package var isMore: Bool

    package init(subject: Subject, changes: Int, fields: Int, contacts: Int, isMore: Bool) {
        self.subject = subject
        self.changes = changes
        self.fields = fields
        self.contacts = contacts
        self.isMore = isMore
    }
}

/// The question before much is put back: how much it is, and what becomes of it.
package struct PutBackPage: Page {
    package static let template = "sync/put-back"

    package struct Hidden: Sendable {
        package let name: String
        package let value: String
    }

    package let title: String
    package let head: ConnectionHead
    package let subject: String
    package let counts: String
    package let isNothing: Bool
    package let action: String
    package let hidden: [Hidden]
    package let backURL: String

    package init(_ facts: ConnectionHeadFacts, _ wish: PutBackFacts, in context: PageContext) {
        let text = PutBackText(head: facts, context: context)
        self.title = context.words("sync.putBack.title")
        self.head = ConnectionHead(facts, at: .changes, in: context)
        self.subject = text.subject(wish.subject)
        self.counts = text.counts(wish)
        self.isNothing = wish.fields == 0
        self.action = facts.url("/put-backs")
        self.hidden = Self.hidden(wish.subject)
        self.backURL = facts.url("/changes", Self.hidden(wish.subject).map { ($0.name, $0.value) })
    }

    private static func hidden(_ subject: PutBackFacts.Subject) -> [Hidden] {
        let pairs: [(String, String?)] =
            switch subject {
            case .changes: []
            case .contact(let contact, _): [("contact", contact.description)]
            case .days(let from, let to, _, _): [("from", from), ("to", to)]
            }
        return pairs.compactMap { name, value in value.map { Hidden(name: name, value: $0) } }
    }
}

/// In words what is put back, and how much.
struct PutBackText {
    let head: ConnectionHeadFacts
    let context: PageContext

    private var words: Words { context.words }

    func subject(_ subject: PutBackFacts.Subject) -> String {
        switch subject {
        case .changes(let count): words.count("sync.putBack.single", count)
        case .contact(_, let person):
            words(
                "sync.putBack.person",
                [
                    "connection": head.name,
                    "name": person?.displayName(in: context) ?? words("sync.gonePerson"),
                ])
        case .days(_, _, let since, let until):
            words(
                "sync.putBack.days",
                [
                    "connection": head.name, "from": MomentText.sentence(since, in: context).short,
                    "to": MomentText.sentence(until, in: context).short,
                ])
        }
    }

    func counts(_ wish: PutBackFacts) -> String {
        let counts = words.count(
            "sync.putBack.counts", wish.fields,
            [
                "changes": words.count("sync.putBack.changes", wish.changes),
                "contacts": words.count("sync.health.contacts", wish.contacts),
            ])
        return wish.isMore ? words("sync.putBack.orMore", ["counts": counts]) : counts
    }
}
