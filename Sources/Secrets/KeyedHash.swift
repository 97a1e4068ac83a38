internal import Crypto
internal import FoundationEssentials

/// Recognises a value that we no longer keep, for example the id of a pruned message. Without the key nobody can test
/// whether a guessed value was there.
package struct KeyedHash: Sendable {
    /// 128 bits: among 10⁹ values a chance meeting has odds of one in 10²⁰.
    package static let byteCount = 16

    private let current: SymmetricKey
    private let former: [SymmetricKey]

    /// - Parameter use: which values are hashed; the same value has another hash in another use. Never to be changed.
    package init(_ ring: KeyRing, use: String) {
        current = ring.current.derived(for: "hash/\(use)")
        former = ring.former.map { $0.derived(for: "hash/\(use)") }
    }

    /// The hash to store: 16 bytes.
    /// - Parameter parts: told apart by their lengths, so ("ab", "c") and ("a", "bc") differ.
    package func hash(_ parts: String...) -> [UInt8] {
        Self.hash(parts, current)
    }

    /// The hashes under which the value may have been stored, today's first: one for each key of the ring.
    package func candidates(_ parts: String...) -> [[UInt8]] {
        ([current] + former).map { Self.hash(parts, $0) }
    }

    private static func hash(_ parts: [String], _ key: SymmetricKey) -> [UInt8] {
        var mac = HMAC<SHA256>(key: key)
        for part in parts {
            mac.update(data: Data("\(part.utf8.count):".utf8))
            mac.update(data: Data(part.utf8))
        }
        return Array(mac.finalize().prefix(byteCount))
    }
}
