import Domain

/// A suggestion in the list: both people, how sure it is, and why.
package struct DuplicateView: Sendable {
    package struct Side: Sendable {
        package let id: String
        package let name: String
        /// Phone, user name or what else tells them apart; nil when the name is all there is.
        package let detail: String?
        package let avatar: AvatarView

        init(_ person: PersonFacts, in context: PageContext) {
            let name = person.displayName(in: context)
            self.id = person.id.description
            self.name = name
            self.detail = [person.phone, person.username.map { "@" + $0 }].compactMap(\.self).first { $0 != name }
            self.avatar = AvatarView(name: person.name ?? "", seed: person.id.rawValue)
        }
    }

    package struct Reason: Sendable {
        package let sentence: String
        package let icon: String
        package let isDoubt: Bool

        init(_ reason: DuplicateReason, in context: PageContext) {
            self.sentence = reason.sentence[context.language]
            self.isDoubt = reason.kind.isDoubt
            self.icon = reason.kind.isDoubt ? "circle-alert" : reason.kind.icon
        }
    }

    package let id: String
    package let a: Side
    package let b: Side
    package let label: String
    /// "72 % sure"
    package let score: String
    /// For the eye: `is-sure`, `is-likely`, `is-possible`.
    package let sureness: String
    package let reasons: [Reason]
    package let compareURL: String
    package let compareLabel: String
    package let dismissURL: String
    package let reopenURL: String
    package let isOpen: Bool
    package let isDismissed: Bool
    package let settled: String?
    package let failure: String?

    package init(_ facts: DuplicateFacts, in context: PageContext) {
        let path = "/duplicates/\(facts.id)"
        self.id = facts.id.description
        self.a = Side(facts.a, in: context)
        self.b = Side(facts.b, in: context)
        self.label = context.words("duplicates.pair", ["a": a.name, "b": b.name])
        self.score = Self.score(facts.score, in: context)
        self.sureness = Self.sureness(facts.score)
        self.reasons = facts.reasons.map { Reason($0, in: context) }
        self.compareURL = MergePage.url(facts.a.id, facts.b.id)
        self.compareLabel =
            facts.state == .merged ? context.words("duplicates.seeMerge") : context.words("duplicates.compare")
        self.dismissURL = path + "/dismissals"
        self.reopenURL = path + "/reopenings"
        self.isOpen = facts.state == .open
        self.isDismissed = facts.state == .dismissed
        self.settled = facts.settledAt.map { at in
            let when = MomentText.sentence(at, in: context).short
            let who = ["who": facts.settledBy ?? "Puente", "when": when]
            return facts.state == .merged
                ? context.words("duplicates.mergedBy", who) : context.words("duplicates.dismissedBy", who)
        }
        self.failure = facts.failure?[context.language]
    }

    static func score(_ score: Int, in context: PageContext) -> String {
        context.words("duplicates.sureness", ["score": "\(score)\u{202F}%"])
    }

    static func sureness(_ score: Int) -> String {
        score >= 80 ? "is-sure" : score >= 65 ? "is-likely" : "is-possible"
    }
}

extension DuplicateReason.Kind {
    var icon: String {
        switch self {
        case .sameRecord: "link"
        case .sameDocument: "id-card"
        case .sameEmail: "mail"
        case .numberWithoutCountry, .formerNumber, .nearNumber, .sameEnding: "phone"
        case .sameUsername: "at-sign"
        case .sameName, .similarName: "contact-round"
        case .sameCompany, .sameCity: "tag"
        case .differentNames, .ownAccounts: "circle-alert"
        case .byHand, .meta: "git-merge"
        }
    }
}
