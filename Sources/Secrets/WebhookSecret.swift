internal import Crypto
internal import FoundationEssentials

/// A new key for signing webhooks, as Standard Webhooks writes them: `whsec_` and the base64 of 32 random bytes.
package enum WebhookSecret {
    /// Shown to its owner once, and kept sealed.
    package static func random() -> String {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
        return "whsec_" + Data(bytes).base64EncodedString()
    }
}
