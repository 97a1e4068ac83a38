import Crypto
import Foundation

/// HubSpot's signatures as its guide computes them, written independently of the code under test.
enum TestSignature {
    static func v3(_ secret: String, _ method: String, _ url: String, _ body: [UInt8], _ time: String) -> String {
        let message = Data((method + url).utf8) + Data(body) + Data(time.utf8)
        return Data(HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: Data(secret.utf8))))
            .base64EncodedString()
    }

    static func v2(_ secret: String, _ method: String, _ url: String, _ body: [UInt8]) -> String {
        SHA256.hash(data: Data((secret + method + url).utf8) + Data(body)).map { String(format: "%02x", $0) }.joined()
    }
}
