import Domain
import Foundation
import NIOCore
import Synchronization

/// `/services/oauth2/…`: tokens by client credentials and by JWT bearer.
/// Source: Salesforce Help, "OAuth 2.0 client credentials flow" and "OAuth 2.0 JWT bearer flow".
extension Salesforce {
    enum LoginHost: Sendable { case login, myDomain }

    private static let jwtGrant = "urn:ietf:params:oauth:grant-type:jwt-bearer"

    func login(_ call: Call, at host: LoginHost) -> Answer {
        guard call.segments == ["services", "oauth2", "token"] else {
            return .text("<html>Salesforce</html>", status: 404, type: "text/html")
        }
        guard call.method == .post else { return OAuthError("invalid_request", "must use HTTP POST").answer }
        let form = FormFields.read(String(buffer: call.body))
        do throws(OAuthError) {
            switch form["grant_type"] {
            case "client_credentials": try checkClient(form, call, at: host)
            case Self.jwtGrant: try checkAssertion(form["assertion"] ?? "", call)
            default: throw .wrongGrant
            }
        } catch {
            return error.answer
        }
        return token(call, isSigned: form["grant_type"] == "client_credentials")
    }

    private func checkClient(_ form: [String: String], _ call: Call, at host: LoginHost) throws(OAuthError) {
        guard host == .myDomain else { throw .wrongDomain }
        let (id, secret) = Self.basic(call) ?? (form["client_id"] ?? "", form["client_secret"] ?? "")
        guard WebhookSignature.isEqual(id, configuration.salesforce.consumerKey) else { throw .wrongClient }
        guard WebhookSignature.isEqual(secret, configuration.salesforce.consumerSecret) else { throw .wrongSecret }
    }

    private static func basic(_ call: Call) -> (String, String)? {
        guard let header = call.header("Authorization"), header.hasPrefix("Basic "),
            let data = Data(base64Encoded: String(header.dropFirst(6)))
        else { return nil }
        let parts = String(decoding: data, as: UTF8.self).split(separator: ":", maxSplits: 1).map(String.init)
        return parts.count == 2 ? (parts[0], parts[1]) : nil
    }

    private func checkAssertion(_ assertion: String, _ call: Call) throws(OAuthError) {
        guard let claims = JWTClaims(assertion, verifiedWith: certificate.withLock { $0 }) else {
            throw .wrongAssertion
        }
        guard claims.issuer == configuration.salesforce.consumerKey else { throw .wrongClient }
        let hosts = ["https://login.salesforce.com", "https://test.salesforce.com", call.origin + "/salesforce"]
        guard hosts.contains(claims.audience) else { throw .wrongAudience }
        let left = claims.expiry - call.now.milliseconds / 1000
        guard left > 0, left <= 300 else { throw .expired }
        guard claims.subject == configuration.salesforce.username else { throw .notApproved }
    }

    private func token(_ call: Call, isSigned: Bool) -> Answer {
        let token = tokens.withLock { $0.issue(at: call.now.milliseconds) }
        return .json([
            "access_token": JSON(token), "signature": isSigned ? "c2FuZGJveCBzaWduYXR1cmU=" : nil, "scope": "api",
            "instance_url": JSON(call.origin + Self.instancePath), "id": JSON(identity), "token_type": "Bearer",
            "issued_at": isSigned ? JSON(String(call.now.milliseconds)) : nil,
        ])
    }

    private static let orgID = "00D5g000000SBoxEAG"

    private var identity: String {
        "https://login.salesforce.com/id/\(Self.orgID)/\(state.withLock { $0.userID })"
    }

    func userInfo(_ call: Call) -> Answer {
        let user = state.withLock { $0.userID }
        return .json([
            "sub": JSON(identity), "user_id": JSON(user), "organization_id": JSON(Self.orgID),
            "preferred_username": JSON(configuration.salesforce.username), "name": "Puente Integration",
            "email": JSON(configuration.salesforce.username), "user_type": "STANDARD", "language": "en_US",
            "zoneinfo": "Europe/Madrid", "active": true,
        ])
    }
}
