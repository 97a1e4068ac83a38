import Crypto
import FoundationEssentials

/// Signs what a company's own system sends, by the Standard Webhooks scheme.
struct StandardSigner: Sendable {
    private let key: SymmetricKey

    /// - Parameter secret: `whsec_` and base64, as in the configuration; by default the sandbox's.
    init(secret: String = "whsec_c2FuZGJveC1vd24tc3lzdGVtLXNlY3JldA==") {
        key = SymmetricKey(data: Data(base64Encoded: String(secret.dropFirst(6))) ?? Data())
    }

    /// - Parameter seconds: Unix time; receivers refuse what is more than five minutes off.
    func headers(id: String, seconds: Int64, body: [UInt8]) -> [(String, String)] {
        let digest = HMAC<SHA256>.authenticationCode(for: Array("\(id).\(seconds).".utf8) + body, using: key)
        return [
            ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
            ("webhook-signature", "v1,\(Data(digest).base64EncodedString())"),
        ]
    }
}
