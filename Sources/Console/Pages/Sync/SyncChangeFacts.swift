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

    package init(
        id: SyncChangeID, at: Timestamp, contact: ContactID, person: PersonFacts?, local: LocalFieldFacts,
        remote: String, kind: Kind, before: String, after: String, cause: SyncCause, actor: String,
        putBackAt: Timestamp? = nil, putBackBy: String? = nil, canBePutBack: Bool
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
        switch field {
        case .wellKnown(let known): known.title[context.language]
        case .custom: name ?? context.words("sync.goneField")
        default: context.words("sync.field.\(field.rawValue)")
        }
    }
}

/// A value as people read it; the rest of a long one stands behind it.
package struct SyncValueText: Sendable {
    private static let most = 300

    package let text: String
    package let isBlank: Bool

    init(_ value: String, in context: PageContext) {
        isBlank = value.isEmpty
        text =
            value.isEmpty
            ? context.words("sync.nothing") : value.count > Self.most ? value.prefix(Self.most) + "…" : value
    }
}
