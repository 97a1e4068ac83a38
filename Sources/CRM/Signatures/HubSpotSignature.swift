import Crypto
import Domain
import FoundationEssentials

/// How HubSpot signs what it sends, with the app's client secret.
///
/// Source: HubSpot, "Validating requests". Version 3 covers method, URI, body and time; version 2 has no time, and
/// is the only one that workflow actions are signed with.
struct HubSpotSignature {
    enum Problem: Error, Equatable {
        case missingHeader, malformedTimestamp, tooOld, wrongSignature
    }

    static let tolerance: Duration = .minutes(5)
    static let headerV3 = "X-HubSpot-Signature-v3"
    static let headerV2 = "X-HubSpot-Signature"
    /// The escapes that HubSpot undoes in the URI before it signs.
    private static let decoded: [(String, String)] = [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"), ("%27", "'"),
        ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ]

    let clientSecret: String

    func verifyV3(_ request: WebhookRequest) throws(Problem) {
        guard let given = request.header(Self.headerV3),
            let timestamp = request.header("X-HubSpot-Request-Timestamp")
        else { throw .missingHeader }
        guard let milliseconds = Int64(timestamp), timestamp.utf8.count <= 15 else { throw .malformedTimestamp }
        let age = request.receivedAt - Timestamp(milliseconds: milliseconds)
        guard age <= Self.tolerance, age >= .zero - Self.tolerance else { throw .tooOld }
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: Array(clientSecret.utf8)))
        hmac.update(data: Array((request.method.uppercased() + Self.undoEscapes(request.url)).utf8))
        hmac.update(data: request.body)
        hmac.update(data: Array(timestamp.utf8))
        let expected = Data(hmac.finalize()).base64EncodedString()
        guard ConstantTime.areEqual(expected.utf8, given.utf8) else { throw .wrongSignature }
    }

    /// Only for calls that carry a key of their own against repetition: an old one passes as well.
    func verifyV2(_ request: WebhookRequest) throws(Problem) {
        guard let given = request.header(Self.headerV2),
            request.header("X-HubSpot-Signature-Version")?.lowercased() == "v2"
        else { throw .missingHeader }
        var hash = SHA256()
        hash.update(data: Array((clientSecret + request.method.uppercased() + request.url).utf8))
        hash.update(data: request.body)
        let digits = Array("0123456789abcdef".utf8)
        let expected = hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        guard ConstantTime.areEqual(expected, given.lowercased().utf8) else { throw .wrongSignature }
    }

    private static func undoEscapes(_ url: String) -> String {
        decoded.reduce(url) { text, escape in
            [escape.0, escape.0.lowercased()].reduce(text) {
                $0.split(separator: $1, omittingEmptySubsequences: false).joined(separator: escape.1)
            }
        }
    }
}
