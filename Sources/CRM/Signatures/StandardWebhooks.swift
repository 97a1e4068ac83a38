import Crypto
import Domain
import FoundationEssentials

/// The Standard Webhooks scheme, version 1: HMAC-SHA256 over `{id}.{timestamp}.{body}`.
///
/// Source: the specification of github.com/standard-webhooks/standard-webhooks.
package struct StandardWebhooks: Sendable {
    package enum Problem: Error, Equatable, Sendable {
        case missingHeader, malformedTimestamp, tooOld, tooFarAhead, wrongSignature
    }

    /// A key as people exchange it: `whsec_` and the base64 of 24 to 64 random bytes. The bytes are the key.
    package struct Secret: Sendable {
        let key: [UInt8]

        /// Nil for anything else, shorter keys included.
        package init?(_ text: String) {
            guard text.hasPrefix("whsec_"), let key = Data(base64Encoded: String(text.dropFirst(6))),
                (24...64).contains(key.count)
            else { return nil }
            self.key = Array(key)
        }
    }

    package static let tolerance: Duration = .minutes(5)
    private static let maxSignatures = 16

    /// The current one first. While a key is being changed, the previous one as well: both sign, either verifies.
    private let secrets: [Secret]

    package init(current: Secret, previous: Secret? = nil) {
        self.secrets = [current] + (previous.map { [$0] } ?? [])
    }

    /// - Parameters:
    ///   - id: of the event; the same for every repetition, so that the receiver can tell.
    ///   - seconds: Unix time of this attempt.
    /// - Returns: the three headers.
    package func headers(id: String, seconds: Int64, body: [UInt8]) -> [(String, String)] {
        let signatures = secrets.map { "v1," + Self.signature($0, id: id, timestamp: String(seconds), body: body) }
        return [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", signatures.joined(separator: " ")),
        ]
    }

    /// Whether it says that it is signed; nobody knows by whom.
    static func isSigned(_ request: WebhookRequest) -> Bool {
        request.has("webhook-id", "webhook-timestamp", "webhook-signature")
    }

    /// - Returns: the id, which is the key against acting twice.
    package func verify(_ request: WebhookRequest) throws(Problem) -> String {
        guard let id = request.header("webhook-id"), let timestamp = request.header("webhook-timestamp"),
            let signatures = request.header("webhook-signature"), !id.isEmpty, id.utf8.count <= 256
        else { throw .missingHeader }
        guard let seconds = Int64(timestamp), timestamp.utf8.count <= 12 else { throw .malformedTimestamp }
        let age = request.receivedAt - Timestamp(seconds: seconds)
        guard age <= Self.tolerance else { throw .tooOld }
        guard age >= .zero - Self.tolerance else { throw .tooFarAhead }
        let expected = secrets.map { Self.signature($0, id: id, timestamp: timestamp, body: request.body) }
        let given = signatures.split(separator: " ").prefix(Self.maxSignatures).filter { $0.hasPrefix("v1,") }
        // No early end: how long it takes must not tell which key matched.
        let matches = given.flatMap { signature in
            expected.map { ConstantTime.areEqual($0.utf8, signature.dropFirst(3).utf8) }
        }
        guard matches.contains(true) else { throw .wrongSignature }
        return id
    }

    private static func signature(_ secret: Secret, id: String, timestamp: String, body: [UInt8]) -> String {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: secret.key))
        hmac.update(data: Array("\(id).\(timestamp).".utf8))
        hmac.update(data: body)
        return Data(hmac.finalize()).base64EncodedString()
    }
}
