package import Domain

/// Everything that is known of one person's consent.
package struct ConsentFile: Sendable {
    /// A question that was asked, and what became of it.
    package struct Question: Sendable {
        package let id: OptInID
        package let state: OptInState
        /// As it was shown, with its buttons.
        package let words: String
        package let actor: String
        package let askedAt: Timestamp
        /// Nil when there is no reminder to come.
        package let remindAt: Timestamp?
        package let remindedAt: Timestamp?
        package let expiresAt: Timestamp
        package let answeredAt: Timestamp?
        /// How far the question itself has come.
        package let messageStatus: MessageStatus?
        package let conversation: ConversationID?
    }

    package let person: PersonSummary
    /// What the gate sees: special states, and what the entries come to.
    package let standing: RecipientStanding
    /// Newest word first. At most ``Store/mostEntries``.
    package let entries: [ConsentEntry]
    /// Newest first.
    package let questions: [Question]
    /// Why the person is not asked now; nil where they may be.
    package let askRefusal: OptInRefusal?

    package var tier: ConsentTier { standing.tier }
}

extension ConsentFile.Question {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        state = try row.get("state")
        words = try row.get("words")
        actor = try row.get("actor")
        askedAt = try row.get("asked_at")
        remindAt = try row.get("remind_at")
        remindedAt = try row.get("reminded_at")
        expiresAt = try row.get("expires_at")
        answeredAt = try row.get("answered_at")
        messageStatus = try row.get("message_status")
        conversation = try row.get("conversation_id")
    }
}

/// How far consent reaches among a company's customers (R11).
package struct ConsentCoverage: Equatable, Codable, Sendable {
    package let customers: Int
    /// Whose yes is confirmed.
    package let double: Int
    /// Who said yes, and did not confirm it.
    package let single: Int
    package let withdrawn: Int
    /// Who cannot be reached at any number of theirs; nil in a count from before that was known.
    package let unreachable: Int?
    /// Nil: just now. Of many customers it is counted beside the work, every few minutes.
    package let countedAt: Timestamp?

    package init(
        customers: Int, double: Int, single: Int, withdrawn: Int, unreachable: Int? = 0, countedAt: Timestamp? = nil
    ) {
        self.customers = customers
        self.double = double
        self.single = single
        self.withdrawn = withdrawn
        self.unreachable = unreachable
        self.countedAt = countedAt
    }

    /// So many customers are counted while somebody waits.
    package static let mostAtOnce = 20_000

    static let settingName = "consent_coverage"

    package var withoutDouble: Int { max(0, customers - double) }
    /// Nobody has said anything.
    package var unasked: Int { max(0, customers - double - single - withdrawn) }
}

/// A customer whose consent is not confirmed, in a list.
package struct UnconfirmedContact: Sendable {
    package let person: PersonSummary
    package let updatedAt: Timestamp
    /// Nil where nobody has said anything.
    package let standing: ConsentStanding.Word?
    package let isAsked: Bool
}
