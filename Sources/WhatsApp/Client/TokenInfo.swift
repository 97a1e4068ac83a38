package import Domain

/// What Meta says of an access token: `GET /debug_token` → `data{app_id, type, is_valid, scopes[], expires_at, error}`.
package struct TokenInfo: Equatable, Sendable {
    package let isValid: Bool
    package let appID: String?
    /// `SYSTEM_USER`, `USER`, …
    package let type: String?
    package let scopes: [String]
    /// Nil for a token that does not end (Meta writes 0).
    package let expiresAt: Timestamp?
    /// Meta's reason why it is not valid.
    package let problem: String?

    /// To send and receive; and for templates, numbers and subscriptions.
    package static let neededScopes = ["whatsapp_business_messaging", "whatsapp_business_management"]

    package var missingScopes: [String] {
        Self.neededScopes.filter { !scopes.contains($0) }
    }

    init(_ data: JSON) {
        isValid = data["is_valid"].flag ?? false
        appID = data["app_id"].text
        type = data["type"].text
        scopes = data["scopes"].items.compactMap(\.text)
        expiresAt = data["expires_at"].time
        problem = data["error"]["message"].text
    }
}
