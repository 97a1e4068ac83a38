/// What is known of a customer that may stand in the way of writing to them.
package struct RecipientStanding: Equatable, Sendable {
    /// Nothing at all is sent.
    package var isBlocked: Bool
    /// No promotions while a complaint is open.
    package var hasComplaint: Bool
    /// No promotions to somebody who wants no calls.
    package var isDoNotCall: Bool
    /// By purpose; nil where nothing was said.
    package var consent: [ConsentPurpose: ConsentStanding]

    package init(
        isBlocked: Bool = false, hasComplaint: Bool = false, isDoNotCall: Bool = false,
        consent: [ConsentPurpose: ConsentStanding] = [:]
    ) {
        self.isBlocked = isBlocked
        self.hasComplaint = hasComplaint
        self.isDoNotCall = isDoNotCall
        self.consent = consent
    }

    /// Somebody of whom nothing is known.
    package static let stranger = RecipientStanding()

    package var tier: ConsentTier { ConsentTier(marketing: consent[.marketing]) }
}
