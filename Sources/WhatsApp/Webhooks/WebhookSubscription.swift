/// Meta's question whether a callback address is ours:
/// `GET …?hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`. It is asked whenever address or token are saved.
package enum WebhookSubscription {
    /// The body of the answer (200, plain text), or nil when the request must be refused (403).
    /// - Parameter verifyToken: what the operator wrote into the app's settings; an empty one accepts nothing.
    package static func challenge(mode: String?, token: String?, challenge: String?, verifyToken: String) -> String? {
        guard mode == "subscribe", let token, let challenge, !challenge.isEmpty, challenge.utf8.count <= 1024,
            !verifyToken.isEmpty, token.isEqualInConstantTime(to: verifyToken)
        else { return nil }
        return challenge
    }
}

extension String {
    /// Takes as long for every text of this length, wherever it differs.
    fileprivate func isEqualInConstantTime(to other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(0 as UInt8) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
