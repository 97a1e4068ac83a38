/// Everything that was said of one contact's consent, and what follows from it.
package struct ConsentHistory: Equatable, Sendable {
    /// In any order.
    package let entries: [ConsentEntry]

    package init(_ entries: [ConsentEntry]) {
        self.entries = entries
    }

    package func standing(_ purpose: ConsentPurpose) -> ConsentStanding? {
        ConsentStanding.of(entries.lazy.filter { $0.purpose == purpose })
    }

    /// Whether a no stands that Meta's "resume" would lift.
    package func mayBeResumed(_ purpose: ConsentPurpose) -> Bool {
        ConsentStanding.mayBeResumed(entries.lazy.filter { $0.purpose == purpose })
    }

    package var tier: ConsentTier { ConsentTier(marketing: standing(.marketing)) }

    /// Whether the person may be asked for consent to marketing: not after a no, unless they wrote a start word since, or
    /// took their no back inside WhatsApp.
    package var mayBeAsked: Bool {
        guard standing(.marketing)?.word == .withdrawn else { return true }
        let marketing = entries.filter { $0.purpose == .marketing }
        let refused = marketing.filter { $0.change == .withdrawn }.map(\.at).max()
        let requested = marketing.filter(\.invitesQuestion).map(\.at).max()
        guard let refused, let requested else { return false }
        return requested >= refused
    }
}

extension ConsentEntry {
    fileprivate var invitesQuestion: Bool {
        change == .requested || (change == .granted && source == .meta)
    }
}
