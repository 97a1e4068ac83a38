/// What stands in the way of writing to somebody, beside their consent; the send gate knows each of them.
/// Whether somebody has opted out of marketing is said by the ledger of consent.
package enum ContactState: String, Codable, CaseIterable, Sendable {
    /// Nothing is sent to them.
    case blocked
    /// No promotions while a complaint is open.
    case complaint
    /// No promotions to somebody who wants no calls.
    case doNotCall = "do_not_call"

    /// Characters of a reason.
    package static let maxReason = 500
}
