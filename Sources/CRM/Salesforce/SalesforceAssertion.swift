import Domain
import JWTKit

/// The signed statement of the JWT bearer flow: RS256, valid for less than three minutes.
/// Source: Salesforce Help, "OAuth 2.0 JWT bearer flow for server-to-server integration".
struct SalesforceAssertion: JWTPayload {
    private static let lifetimeSeconds: Int64 = 170

    let iss: String
    let sub: String
    let aud: String
    /// Unix seconds.
    let exp: Int64

    init(clientID: String, username: String, audience: String, now: Timestamp) {
        iss = clientID
        sub = username
        aud = audience
        exp = now.milliseconds / 1000 + Self.lifetimeSeconds
    }

    /// We sign these and read none.
    func verify(using _: some JWTAlgorithm) {}

    /// - Parameter privateKey: RSA, as PEM.
    func signed(with privateKey: String) async throws -> String {
        let keys = JWTKeyCollection()
        let key = try Insecure.RSA.PrivateKey(pem: privateKey)
        await keys.add(rsa: key, digestAlgorithm: .sha256)
        return try await keys.sign(self)
    }
}
