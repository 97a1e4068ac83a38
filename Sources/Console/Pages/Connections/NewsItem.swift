import Domain

/// A line of "News from Meta".
package struct NewsItem: Sendable {
    package enum Tone: Sendable { case failed, waiting, done, quiet }

    package let title: String
    /// The number or template, or the account.
    package let subject: String
    package let vendorText: String?
    package let at: MomentText
    package let icon: String
    package let tone: Tone

    init(_ facts: NewsFacts, in context: PageContext) {
        let values = facts.value.map { ["value": $0[context.language]] } ?? [:]
        self.title = context.words("connections.news.what.\(facts.what.rawValue)", values)
        self.subject = facts.subject ?? context.words("connections.news.account", ["id": facts.wabaID])
        self.vendorText = facts.vendorText
        self.at = MomentText.relative(facts.at, in: context)
        self.tone = Self.tone(of: facts.what)
        self.icon = Self.icon(of: tone)
    }

    private static func tone(of what: NewsFacts.What) -> Tone {
        switch what {
        case .accountDisabled, .accountWillBeDisabled, .accountDeleted, .accountViolation, .accountRestricted,
            .accountDisconnected, .reviewRejected, .nameRejected, .templateRejected, .templatePaused,
            .templateDisabled, .error:
            .failed
        case .alert, .numberFlagged, .templateFlagged, .templateCategoryComing, .security: .waiting
        case .accountReinstated, .accountReconnected, .reviewApproved, .numberUnflagged, .nameApproved,
            .templateApproved, .templateReinstated:
            .done
        case .accountOther, .reviewOther, .limit, .limitOther, .numberOther, .nameOther, .templateStatus,
            .templateQuality, .templateCategory, .templateText, .other:
            .quiet
        }
    }

    private static func icon(of tone: Tone) -> String {
        switch tone {
        case .failed: "circle-alert"
        case .waiting: "triangle-alert"
        case .done: "circle-check"
        case .quiet: "megaphone"
        }
    }
}
