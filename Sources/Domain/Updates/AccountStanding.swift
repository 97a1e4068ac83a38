/// What Meta did to a whole account, when that is the news.
package enum AccountStanding: String, CaseIterable, Equatable, Sendable {
    /// Nothing can be sent.
    case disabled
    /// Announced; an appeal may still avert it.
    case willBeDisabled
    case deleted
    /// Some kind of message, or of template, or adding numbers.
    case restricted
    /// A policy was violated, in Meta's eyes: restrictions may follow.
    case violation
    /// All is well again.
    case reinstated

    /// How much of the account's work it stops: what weighs less is no news while this lasts.
    package var weight: Int {
        switch self {
        case .reinstated: 0
        case .violation: 1
        case .restricted: 2
        case .willBeDisabled: 3
        case .disabled: 4
        case .deleted: 5
        }
    }
}
