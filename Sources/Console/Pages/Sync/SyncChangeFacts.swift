package import Domain

/// A value that went from one side to the other.
package struct SyncChangeFacts: Sendable {
    package enum Kind: String, CaseIterable, Sendable { case taken, given, conflict, resolved, putBack }

    package var id: SyncChangeID
    package var at: Timestamp
    package var contact: ContactID
    /// Nil for somebody who is not there any more.
    package var person: PersonFacts?
    package var local: LocalFieldFacts
    /// The CRM's own name of its field.
    package var remote: String
    package var kind: Kind
    package var before: String
    package var after: String
    package var cause: SyncCause
    package var actor: String
    package var putBackAt: Timestamp?
    package var putBackBy: String?
    package var canBePutBack: Bool
    /// The CRM has Puente's value, and would be told it again.
    package var isOnlyTold: Bool

    package init(
        id: SyncChangeID, at: Timestamp, contact: ContactID, person: PersonFacts?, local: LocalFieldFacts,
        remote: String, kind: Kind, before: String, after: String, cause: SyncCause, actor: String,
        putBackAt: Timestamp? = nil, putBackBy: String? = nil, canBePutBack: Bool, isOnlyTold: Bool = false
    ) {
        self.id = id
        self.at = at
        self.contact = contact
        self.person = person
        self.local = local
        self.remote = remote
        self.kind = kind
        self.before = before
        self.after = after
        self.cause = cause
        self.actor = actor
        self.putBackAt = putBackAt
        self.putBackBy = putBackBy
        self.canBePutBack = canBePutBack
        self.isOnlyTold = isOnlyTold
    }
}

/// A field of ours.
package struct LocalFieldFacts: Hashable, Sendable {
    package var field: LocalField
    /// Of a company's own field; nil for one that is gone, and for the others.
    package var name: String?

    package init(_ field: LocalField, name: String? = nil) {
        self.field = field
        self.name = name
    }

    func title(in context: PageContext) -> String {
        name ?? field.title?[context.language] ?? context.words("sync.goneField")
    }
}

/// A value as people read it; the rest of a long one stands behind it.
package struct SyncValueText: Sendable {
    private static let most = 300

    package let text: String
    package let isBlank: Bool

    init(_ value: String, of field: LocalField, in context: PageContext) {
        isBlank = value.isEmpty
        text = isBlank ? context.words("sync.nothing") : Self.shown(value, of: field, most: Self.most, in: context)
    }

    /// Moments in the reader's zone, to the second: two that differ are to look different.
    static func shown(_ value: String, of field: LocalField, most: Int, in context: PageContext) -> String {
        if field.isMoment, let moment = Timestamp(iso: value) { return MomentText.full(moment, in: context).short }
        return value.count > most ? value.prefix(most) + "…" : value
    }
}

extension LocalField {
    fileprivate var isMoment: Bool {
        switch self {
        case .marketingConsentAt, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .createdAt: true
        default: false
        }
    }
}
