internal import Crypto
package import Domain
internal import FoundationEssentials

/// Makes links that work until a time and cannot be changed: media for a CRM, consent pages, downloads.
///
/// The signature is `<key id>.<expiry: milliseconds since 1970>.<HMAC-SHA256 in base 64 for addresses>`; it holds
/// nothing secret and fits into a query. What is signed (a path, an id) is not in it: it stands in the link itself.
package struct SignedLink: Sendable {
    private let ring: KeyRing
    private let use: String

    /// - Parameter use: what the links are for; a signature of one use opens nothing of another. Never to be changed.
    package init(_ ring: KeyRing, use: String) {
        self.ring = ring
        self.use = use
    }

    package func signature(for subject: String, expiresAt expiry: Timestamp) -> String {
        let key = ring.current
        return "\(key.id).\(expiry.milliseconds).\(Base64URL.encode(mac(subject, expiry, key)))"
    }

    /// Returns when the signature is ours, for this subject, and still good.
    /// - Throws: `unauthorized`, with the detail `link_expired` or `link_invalid`.
    package func verify(_ signature: String, for subject: String, now: Timestamp) throws(PuenteError) {
        let parts = signature.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, let key = ring[parts[0]], let milliseconds = Int64(parts[1]),
            let given = Base64URL.decode(parts[2]),
            ConstantTime.areEqual(given, mac(subject, Timestamp(milliseconds: milliseconds), key))
        else {
            throw PuenteError(
                .unauthorized, detail: "link_invalid", en: "This link is not valid.", es: "Este enlace no es válido.")
        }
        guard now.milliseconds < milliseconds else {
            throw PuenteError(
                .unauthorized, detail: "link_expired", en: "This link has expired. Ask for a new one.",
                es: "Este enlace ha caducado. Pida uno nuevo.")
        }
    }

    private func mac(_ subject: String, _ expiry: Timestamp, _ key: EncryptionKey) -> [UInt8] {
        // The expiry has a fixed alphabet and ends at the colon: no other subject and expiry give the same text.
        let text = Data("\(expiry.milliseconds):\(subject)".utf8)
        return Array(HMAC<SHA256>.authenticationCode(for: text, using: key.derived(for: "link/\(use)")))
    }
}
