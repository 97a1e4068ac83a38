internal import Crypto
package import Domain
internal import FoundationEssentials

/// Encrypts what the database keeps secret, and decrypts it again: AES-256-GCM with a random nonce.
///
/// A sealed text is `p1.<key id>.<base 64 for addresses of: check value (4), nonce (12), ciphertext, tag (16)>`.
/// The place it belongs to is authenticated with it. With random nonces a key is good for 2³² seals; an installation
/// makes a few for each token it stores.
package struct Vault: Sendable {
    private static let version = "p1"
    private static let nonceByteCount = 12
    private static let tagByteCount = 16

    private let ring: KeyRing

    package init(_ ring: KeyRing) {
        self.ring = ring
    }

    /// Encrypts for one place, with the current key.
    package func seal(_ plaintext: String, for context: SealContext) throws(PuenteError) -> String {
        try seal(Array(plaintext.utf8), for: context)
    }

    package func seal(_ plaintext: [UInt8], for context: SealContext) throws(PuenteError) -> String {
        let key = ring.current
        do {
            let box = try AES.GCM.seal(
                plaintext, using: key.derived(for: "vault"), authenticating: context.associatedData(keyID: key.id))
            let bytes = key.checkValue + Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
            return "\(Self.version).\(key.id).\(Base64URL.encode(bytes))"
        } catch {
            throw PuenteError(
                .unavailable, detail: "seal_failed", en: "A secret could not be encrypted.",
                es: "No se pudo cifrar un secreto.")
        }
    }

    /// Decrypts what was sealed for this place.
    /// - Throws: `key_missing`, `key_different` (the remedy is the key file) or `ciphertext_altered` as the detail.
    package func open(_ sealed: String, for context: SealContext) throws(PuenteError) -> [UInt8] {
        guard let parts = Self.parts(of: sealed) else { throw .ciphertextAltered(context) }
        guard let key = ring[parts.keyID] else { throw .keyMissing(String(parts.keyID)) }
        guard ConstantTime.areEqual(parts.bytes.prefix(4), key.checkValue) else { throw .keyDifferent(key.id) }
        do {
            let box = try AES.GCM.SealedBox(combined: parts.bytes.dropFirst(4))
            let plaintext = try AES.GCM.open(
                box, using: key.derived(for: "vault"), authenticating: context.associatedData(keyID: key.id))
            return Array(plaintext)
        } catch {
            throw .ciphertextAltered(context)
        }
    }

    /// Decrypts a text. Bytes that are no UTF-8 were not sealed as a text: altered.
    package func openText(_ sealed: String, for context: SealContext) throws(PuenteError) -> String {
        guard let text = String(validating: try open(sealed, for: context), as: UTF8.self) else {
            throw .ciphertextAltered(context)
        }
        return text
    }

    /// Whether a rotation has left this text behind: seal it anew with the current key.
    package func isStale(_ sealed: String) -> Bool {
        Self.parts(of: sealed).map { $0.keyID != ring.current.id } ?? false
    }

    private static func parts(of sealed: String) -> (keyID: Substring, bytes: [UInt8])? {
        let parts = sealed.split(separator: ".", maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == version, EncryptionKey.isID(parts[1]),
            let bytes = Base64URL.decode(parts[2]), bytes.count >= 4 + nonceByteCount + tagByteCount
        else { return nil }
        return (parts[1], bytes)
    }
}
