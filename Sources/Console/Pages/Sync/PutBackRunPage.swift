package import Domain

/// Something that is being put back, or was.
package struct PutBackRunFacts: Sendable {
    package enum State: String, Sendable { case running, ended, stopped, failed }

    package struct Refused: Sendable {
        package var person: PersonFacts?
        package var contact: ContactID
        package var remote: String
        package var refusal: SyncRefusal

        package init(person: PersonFacts?, contact: ContactID, remote: String, refusal: SyncRefusal) {
            self.person = person
            self.contact = contact
            self.remote = remote
            self.refusal = refusal
        }
    }

    package var id: String
    package var subject: PutBackFacts.Subject
    package var state: State
    /// Put back so far.
    package var fields: Int
    package var contacts: Int
    /// Fields that there were to put back; nil where nobody counted.
    package var all: Int?
    package var refusals: [SyncRefusal: Int]
    /// The first of them.
    package var refused: [Refused]
    package var knowsFields: Bool
    /// Whether whoever looks at it may end it.
    package var mayStop: Bool

    package init(
        id: String, subject: PutBackFacts.Subject, state: State, fields: Int, contacts: Int, all: Int?,
        refusals: [SyncRefusal: Int], refused: [Refused], knowsFields: Bool, mayStop: Bool = true
    ) {
        self.id = id
        self.subject = subject
        self.state = state
        self.fields = fields
        self.contacts = contacts
        self.all = all
        self.refusals = refusals
        self.refused = refused
        self.knowsFields = knowsFields
        self.mayStop = mayStop
    }

    var left: Int { refusals.values.reduce(0, +) }
}

/// How far it is, and what came of it.
package struct PutBackRunPage: Page {
    package static let template = "sync/run-page"

    package let title: String
    package let head: ConnectionHead
    package let subject: String
    package let changesURL: String
    package let run: PutBackRunView

    package init(_ facts: ConnectionHeadFacts, _ run: PutBackRunFacts, in context: PageContext) {
        self.title = context.words("sync.putBack.title")
        self.head = ConnectionHead(facts, at: .changes, in: context)
        self.subject = PutBackText(head: facts, context: context).subject(run.subject)
        self.changesURL = facts.url("/changes")
        self.run = PutBackRunView(facts, run, in: context)
    }
}

/// Fetched again each second while it goes on.
package struct PutBackRunView: PageFragment {
    package static let template = "sync/run"

    package struct Refusal: Sendable {
        package let sentence: String
        package let count: String
    }

    package struct Refused: Sendable {
        package let person: String
        package let url: String?
        package let field: String
        package let sentence: String
    }

    package let headline: String
    package let tone: String
    package let icon: String
    package let isRunning: Bool
    package let value: Int?
    package let most: Int
    package let figures: String
    package let refusals: [Refusal]
    package let refused: [Refused]
    package let hasRefused: Bool
    package let doubt: String?
    package let stopURL: String?
    /// Where the rest is put back; nil where nothing is left to do.
    package let againURL: String?
    package let refreshURL: String

    package init(_ head: ConnectionHeadFacts, _ facts: PutBackRunFacts, in context: PageContext) {
        let words = context.words
        self.headline = words("sync.run.\(facts.state.rawValue)")
        (tone, icon) = Self.look(of: facts)
        self.isRunning = facts.state == .running
        self.most = max(1, facts.all ?? 1)
        self.value = facts.all.map { min(facts.fields + facts.left, $0) }
        self.figures = words.count(
            "sync.run.fields", facts.fields, ["contacts": words.count("sync.health.contacts", facts.contacts)])
        self.refusals = facts.refusals.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }.map {
            Refusal(sentence: $0.key.sentence[context.language], count: words.count("sync.run.left", $0.value))
        }
        self.refused = facts.refused.map { refused in
            Refused(
                person: refused.person?.displayName(in: context) ?? words("sync.gonePerson"),
                url: refused.person.map { "/contacts/\($0.id)" }, field: refused.remote,
                sentence: refused.refusal.sentence[context.language])
        }
        self.hasRefused = !facts.refused.isEmpty
        self.doubt = facts.knowsFields ? nil : words("sync.run.doubt", ["connection": head.name])
        self.stopURL = facts.state == .running && facts.mayStop ? head.url("/put-backs/\(facts.id)/stops") : nil
        self.againURL = Self.againURL(head, facts)
        self.refreshURL = head.fragmentURL("/put-backs/\(facts.id)")
    }

    private static func againURL(_ head: ConnectionHeadFacts, _ facts: PutBackRunFacts) -> String? {
        guard facts.state == .stopped || facts.state == .failed else { return nil }
        switch facts.subject {
        case .changes: return nil
        case .contact(let contact, _): return head.url("/put-backs", [("contact", contact.description)])
        case .days(let from, let to, _, _): return head.url("/put-backs", [("from", from), ("to", to)])
        }
    }

    private static func look(of facts: PutBackRunFacts) -> (String, String) {
        switch facts.state {
        case .running: ("running", "loader")
        case .ended where facts.left == 0: ("done", "circle-check")
        case .ended, .stopped: ("warning", "triangle-alert")
        case .failed: ("failed", "circle-alert")
        }
    }
}
