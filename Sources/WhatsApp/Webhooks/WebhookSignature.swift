import Crypto
import FoundationEssentials

/// Checks `X-Hub-Signature-256: sha256=<hex>`: HMAC-SHA256 over the raw bytes of the body, keyed with the secret of the
/// Meta app that sent it. Make it once and keep it: the keys are prepared here.
/// Source: Cloud API, "Create a webhook endpoint".
package struct WebhookSignature: Sendable {
    private let keys: [SymmetricKey]

    /// - Parameter secrets: app secrets, each with those it replaced. An empty one would accept what anybody signs with
    ///   nothing, so it matches nothing.
    package init(secrets: [String]) {
        keys = secrets.map { SymmetricKey(data: Array($0.utf8)) }
    }

    /// Which of the secrets signed the body.
    /// - Parameters:
    ///   - header: the value of `X-Hub-Signature-256`, nil when it was not sent.
    ///   - body: the bytes as received, before anything decoded them.
    /// - Returns: the index of the secret, as given to the initialiser; nil when none did.
    package func match(header: String?, body: some Sequence<UInt8>) -> Int? {
        guard let code = header.flatMap(Self.code(in:)) else { return nil }
        let matched = body.withContiguousStorageIfAvailable { index(matching: code, UnsafeRawBufferPointer($0)) }
        return matched ?? Array(body).withUnsafeBytes { index(matching: code, $0) }
    }

    private func index(matching code: [UInt8], _ body: UnsafeRawBufferPointer) -> Int? {
        keys.firstIndex { key in
            // Compares in constant time.
            key.bitCount > 0
                && HMAC<SHA256>.isValidAuthenticationCode(code, authenticating: body, using: key)
        }
    }

    /// Whether a header has the form of a signature. Cheap: what its digits are is looked at with the body.
    package static func isWellFormed(_ header: String) -> Bool {
        header.utf8.count == prefix.utf8.count + 64 && header.hasPrefix(prefix)
    }

    private static let prefix = "sha256="

    /// The 32 bytes behind `sha256=`.
    private static func code(in header: String) -> [UInt8]? {
        guard isWellFormed(header) else { return nil }
        let digits = header.utf8.dropFirst(prefix.utf8.count).compactMap(hexDigit)
        guard digits.count == 64 else { return nil }
        return stride(from: 0, to: 64, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
    }
}
