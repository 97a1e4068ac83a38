/// A refusal of the token end-point. Source: Salesforce Help, "OAuth 2.0 error codes".
struct OAuthError: Error, Equatable, Sendable {
    let status: Int
    let code: String
    let description: String

    init(_ code: String, _ description: String, status: Int = 400) {
        self.status = status
        self.code = code
        self.description = description
    }

    var answer: Answer {
        .json(["error": JSON(code), "error_description": JSON(description)], status: status)
    }

    static let wrongClient = OAuthError("invalid_client_id", "client identifier invalid")
    static let wrongSecret = OAuthError("invalid_client", "invalid client credentials")
    static let wrongDomain = OAuthError("invalid_grant", "request not supported on this domain")
    static let wrongAssertion = OAuthError("invalid_grant", "invalid assertion")
    static let wrongAudience = OAuthError("invalid_grant", "audience is invalid")
    static let expired = OAuthError("invalid_grant", "expired authorization code")
    static let notApproved = OAuthError("invalid_grant", "user hasn't approved this consumer")
    static let wrongGrant = OAuthError("unsupported_grant_type", "grant type not supported")

    static func unavailable(_ status: Int) -> OAuthError {
        OAuthError("temporarily_unavailable", "asked for by a fault of the sandbox", status: status)
    }
}
