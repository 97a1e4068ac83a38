import Crypto
import Foundation
import NIOCore

/// The vendors' signatures over the raw bytes of a body.
enum WebhookSignature {
    /// Hexadecimal HMAC-SHA256 with the app secret, the value of `X-Hub-Signature-256` after `sha256=`.
    static func meta(_ body: ByteBuffer, secret: String) -> String {
        Hexadecimal.text(hmac(secret: Array(secret.utf8)) { $0.update(data: body.readableBytesView) })
    }

    /// HubSpot's version 3: base64 HMAC over method, address, body and time.
    static func hubSpotV3(
        _ body: ByteBuffer, secret: String, url: String, milliseconds: Int64
    ) -> [(String, String)] {
        let digest = hmac(secret: Array(secret.utf8)) { hmac in
            hmac.update(data: Array("POST\(decoded(url))".utf8))
            hmac.update(data: body.readableBytesView)
            hmac.update(data: Array(String(milliseconds).utf8))
        }
        return [
            ("X-HubSpot-Signature-v3", Data(digest).base64EncodedString()),
            ("X-HubSpot-Request-Timestamp", String(milliseconds)),
        ]
    }

    /// HubSpot's version 2: hexadecimal SHA-256 of secret, method, address and body.
    static func hubSpotV2(_ body: ByteBuffer, secret: String, url: String) -> [(String, String)] {
        var hash = SHA256()
        hash.update(data: Array("\(secret)POST\(url)".utf8))
        hash.update(data: body.readableBytesView)
        return [
            ("X-HubSpot-Signature", Hexadecimal.text(hash.finalize())), ("X-HubSpot-Signature-Version", "v2"),
        ]
    }

    /// Standard Webhooks: base64 HMAC over `id.timestamp.body`, printed after `v1,`.
    static func standard(_ body: ByteBuffer, secret: [UInt8], id: String, seconds: Int64) -> [(String, String)] {
        [
            ("webhook-id", id), ("webhook-timestamp", String(seconds)),
            ("webhook-signature", "v1," + standardDigest(body, secret: secret, id: id, timestamp: String(seconds))),
        ]
    }

    static func standardDigest(_ body: ByteBuffer, secret: [UInt8], id: String, timestamp: String) -> String {
        let digest = hmac(secret: secret) { hmac in
            hmac.update(data: Array("\(id).\(timestamp).".utf8))
            hmac.update(data: body.readableBytesView)
        }
        return Data(digest).base64EncodedString()
    }

    /// Compares without telling by its time how far two texts agree.
    static func isEqual(_ first: String, _ second: String) -> Bool {
        let (first, second) = (Array(first.utf8), Array(second.utf8))
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    private static func hmac(
        secret: [UInt8], _ feed: (inout HMAC<SHA256>) -> Void
    ) -> HMAC<SHA256>.MAC {
        var hmac = HMAC<SHA256>(key: SymmetricKey(data: secret))
        feed(&hmac)
        return hmac.finalize()
    }

    /// HubSpot hashes the address with these escapes undone.
    private static func decoded(_ url: String) -> String {
        let escapes = [
            "%3A": ":", "%2F": "/", "%3F": "?", "%40": "@", "%21": "!", "%24": "$", "%27": "'", "%28": "(",
            "%29": ")", "%2A": "*", "%2C": ",", "%3B": ";",
        ]
        guard url.contains("%") else { return url }
        return escapes.reduce(url) { $0.replacingOccurrences(of: $1.key, with: $1.value) }
    }
}
