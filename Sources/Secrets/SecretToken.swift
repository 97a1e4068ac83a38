internal import Crypto

/// A random secret that is handed out once and afterwards known by its hash alone: API keys, sessions, invitations.
///
/// The text is `<prefix>_<43 characters>`: 256 random bits in base 64 for addresses. The prefix tells people, and
/// scanners of leaked secrets, what they found.
package struct SecretToken: Sendable {
    /// Shown to its owner once, never stored or logged.
    package let text: String

    /// - Parameter prefix: a few letters, for example "pk".
    package init(prefix: String) {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        text = "\(prefix)_\(Base64URL.encode(bytes))"
    }

    package var hash: TokenHash { TokenHash(of: text) }

    /// The beginning, by which its owner recognises it in a list: prefix and four characters.
    package var hint: String { Self.hint(of: text) }

    package static func hint(of text: String) -> String {
        let prefix = text.firstIndex(of: "_").map { text[...$0] } ?? ""
        return "\(prefix)\(text.dropFirst(prefix.count).prefix(4))…"
    }
}

extension SecretToken: CustomStringConvertible, CustomReflectable {
    package var description: String { hint }
    package var customMirror: Mirror { Mirror(self, children: ["hint": hint]) }
}
