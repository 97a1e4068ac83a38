/// A session: the token, and where the org is.
struct SalesforceAccess: Equatable, Sendable {
    let token: String
    /// From the token's answer: never the login host. Without a slash at its end.
    let instanceURL: String
    /// Of the user whom Salesforce takes us for.
    let userID: String?
    let renewAt: ContinuousClock.Instant
}

/// The answer of `/services/oauth2/token`. Refusals have `error` and nothing of the rest.
/// Source: Salesforce Help, "OAuth 2.0 client credentials flow" and "OAuth 2.0 JWT bearer flow".
struct SalesforceTokenAnswer: Decodable {
    let access_token: String
    let instance_url: String
    /// `https://login.salesforce.com/id/{org}/{user}`
    let id: String?
    /// Seconds. Salesforce leaves it out; then nobody says how long the session lasts.
    let expires_in: LooseText?

    var userID: String? { id?.split(separator: "/").last.map(String.init) }
}

struct SalesforceTokenError: Decodable {
    let error: String?
    let error_description: String?
}
