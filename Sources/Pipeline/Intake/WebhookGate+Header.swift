import WhatsApp

extension WebhookGate {
    /// Whether a header has the form of a signature, and the body is worth being read: it proves nothing.
    package static func isSignature(_ header: String) -> Bool { WebhookSignature.isWellFormed(header) }
}
