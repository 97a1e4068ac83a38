package import Domain
package import OutboundHTTP

/// A code that a vendor's page gave to a person, with what it takes to exchange it for a refresh token. It is good once, and
/// for minutes.
package struct CodeExchange: Equatable, Sendable {
    package enum Vendor: Equatable, Sendable {
        /// The second address is as in that of the page that gave the code.
        case hubspot(baseURL: String, redirectURL: String)
        /// Without a slash at its end.
        case zoho(accountsURL: String)
    }

    package let vendor: Vendor
    package let clientID: String
    package let clientSecret: String
    package let code: String

    package init(vendor: Vendor, clientID: String, clientSecret: String, code: String) {
        self.vendor = vendor
        self.clientID = clientID
        self.clientSecret = clientSecret
        self.code = code
    }

    /// - Throws: with advice for the form in which the code stands.
    package func refreshToken(with client: OutboundClient) async throws(CallFailure) -> String {
        switch vendor {
        case .hubspot(let baseURL, let redirectURL):
            let path = HubSpotPaths(version: HubSpotSettings.newestVersion).token
            let request = HubSpotTokenRequest(
                url: baseURL + path, clientID: clientID, clientSecret: clientSecret, place: .form)
            let grant = try await request.send(.code(code, redirectURL: redirectURL), with: client)
            guard let token = grant.refreshToken else { throw HubSpotAdvice.notThere("no-refresh-token", "", .form) }
            return token
        case .zoho(let accountsURL):
            let request = ZohoCodeRequest(accountsURL: accountsURL, clientID: clientID, clientSecret: clientSecret)
            return try await request.send(code, with: client)
        }
    }
}
