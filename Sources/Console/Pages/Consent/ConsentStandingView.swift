import Domain

/// How far consent reaches, at a glance.
package struct ConsentStandingView: Sendable {
    package struct Purpose: Sendable {
        package let label: String
        package let hint: String
        package let standing: String
        package let tone: String
        package let icon: String
        package let since: MomentText?
    }

    package let tier: String
    package let tierHint: String
    package let tone: String
    package let icon: String
    package let purposes: [Purpose]
    /// Special states that stand in the way: "Blocked", …
    package let states: [String]

    /// - Parameter isOnPaper: with exact times.
    init(_ standing: RecipientStanding, isOnPaper: Bool = false, in context: PageContext) {
        let words = context.words
        self.tier = words("consent.tier.\(standing.tier)")
        self.tierHint = words("consent.tierHint.\(standing.tier)")
        (self.tone, self.icon) =
            switch standing.tier {
            case .transactionalOnly:
                standing.consent[.marketing] == nil ? ("is-info", "info") : ("is-failure", "shield-x")
            case .marketing: ("is-done", "shield-check")
            case .marketingWithProof: ("is-done", "badge-check")
            }
        self.purposes = ConsentPurpose.allCases.reversed().map {
            Self.purpose($0, standing.consent[$0], isOnPaper: isOnPaper, in: context)
        }
        self.states = [
            standing.isBlocked ? words("consent.state.blocked") : nil,
            standing.hasComplaint ? words("consent.state.complaint") : nil,
            standing.isDoNotCall ? words("consent.state.doNotCall") : nil,
        ].compactMap(\.self)
    }

    private static func purpose(
        _ purpose: ConsentPurpose, _ standing: ConsentStanding?, isOnPaper: Bool, in context: PageContext
    ) -> Purpose {
        let words = context.words
        let (key, tone, icon) =
            switch (standing?.word, standing?.isDouble) {
            case (.granted, true): ("double", "is-done", "badge-check")
            case (.granted, _): ("granted", "is-done", "circle-check")
            case (.withdrawn, _): ("withdrawn", "is-failed", "ban")
            case (nil, _): ("none", "is-plain", "circle-question-mark")
            }
        return Purpose(
            label: words("consent.purpose.\(purpose)"), hint: words("consent.purposeHint.\(purpose)"),
            standing: words("consent.standing.\(key)"), tone: tone, icon: icon,
            since: standing.map {
                isOnPaper ? MomentText.full($0.since, in: context) : MomentText.sentence($0.since, in: context)
            })
    }
}
