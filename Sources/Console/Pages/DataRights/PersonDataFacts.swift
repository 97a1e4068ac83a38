package import Domain

/// What the page about a person's data is made of.
package struct PersonDataFacts: Sendable {
    /// What is kept, in the order in which it is shown.
    package enum Kind: String, CaseIterable, Sendable {
        case handles, conversations, messages, files, details, consents, records, changes, access
    }

    package struct Amount: Sendable {
        package var kind: Kind
        package var count: Int
        /// There are more than that.
        package var isMore: Bool

        package init(_ kind: Kind, _ count: Int, isMore: Bool = false) {
            self.kind = kind
            self.count = count
            self.isMore = isMore
        }
    }

    /// A rule for how long something is kept; nil days are for ever.
    package struct Rule: Sendable {
        package var kind: String
        package var days: Int?

        package init(_ kind: String, days: Int?) {
            self.kind = kind
            self.days = days
        }
    }

    package var person: PersonFacts
    package var amounts: [Amount]
    package var rules: [Rule]
    package var firstSeen: Timestamp
    /// A CRM in which the company erased the person.
    package var erasedIn: (name: String, at: Timestamp)?
    /// CRMs that have a record.
    package var records: [String]
    /// Who saw, changed or exported the person; nil for whom it is not for.
    package var audit: [AuditFacts]?

    package init(
        person: PersonFacts, amounts: [Amount], rules: [Rule], firstSeen: Timestamp,
        erasedIn: (name: String, at: Timestamp)? = nil, records: [String] = [], audit: [AuditFacts]? = nil
    ) {
        self.person = person
        self.amounts = amounts
        self.rules = rules
        self.firstSeen = firstSeen
        self.erasedIn = erasedIn
        self.records = records
        self.audit = audit
    }
}

/// A person's file on its way, or ready to be taken.
package struct ExportFacts: Sendable {
    package enum State: String, Sendable { case waiting, running, ready, failed }

    package var id: PersonExportID
    package var state: State
    package var actor: String
    package var requestedAt: Timestamp
    package var done: Int
    package var messages: Int
    /// In bytes.
    package var size: Int?
    package var expiresAt: Timestamp

    package init(
        id: PersonExportID, state: State, actor: String, requestedAt: Timestamp, done: Int = 0, messages: Int = 0,
        size: Int? = nil, expiresAt: Timestamp
    ) {
        self.id = id
        self.state = state
        self.actor = actor
        self.requestedAt = requestedAt
        self.done = done
        self.messages = messages
        self.size = size
        self.expiresAt = expiresAt
    }
}
