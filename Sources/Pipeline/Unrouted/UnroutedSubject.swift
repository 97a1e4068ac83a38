package import Domain
import WhatsApp

/// What an unrouted update speaks of: the number or the account, as Meta names them.
package struct UnroutedSubject: Equatable, Sendable {
    /// `metadata.phone_number_id`; nil where the field has none.
    package let phoneNumberID: String?
    /// `entry[].id`; nil where it could not be read.
    package let wabaID: String?

    /// Bodies beyond this are not read again for it: nobody waits for a list that long.
    package static let mostBytes = 16_384

    /// Reads it from the body that the update came in.
    ///
    /// - Parameters:
    ///   - body: as it was stored, whole.
    ///   - position: of the update in the body. What was routed again has lost its place: then only what all updates of
    ///     the body have in common is known.
    /// - Returns: nil when the body names neither.
    package static func read(_ body: [UInt8], position: Int) -> UnroutedSubject? {
        let updates = WebhookDecoder.decode(body).updates
        let chosen = updates.indices.contains(position) ? [updates[position]] : updates
        let subjects = Set(chosen.map { Pair(number: $0.phoneNumberID, account: $0.wabaID) })
        guard subjects.count == 1, let only = subjects.first else { return nil }
        let waba = only.account.isEmpty ? nil : only.account
        guard only.number != nil || waba != nil else { return nil }
        return UnroutedSubject(phoneNumberID: only.number, wabaID: waba)
    }

    private struct Pair: Hashable {
        let number: String?
        let account: String
    }
}
