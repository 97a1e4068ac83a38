import Domain
import Foundation
import NIOCore
import Synchronization

/// `POST /oauth/v2/token` and `…/token/revoke`: the accounts server. Its errors come with status 200.
/// Source: Zoho, "OAuth 2.0: access and refresh tokens".
extension Zoho {
    /// What a Self Client's page would show; good for one exchange after another.
    static let grantCode = "sandbox-grant"

    func tokens(_ call: Call) -> Answer {
        guard call.method == .post, call.segments.first == "v2", call.segments.dropFirst().first == "token" else {
            return .text("<html>not found</html>", status: 404, type: "text/html")
        }
        let form = Self.form(call)
        if call.segments.last == "revoke" {
            state.withLock { $0.tokens.forgetAll() }
            return .json(["status": "success"])
        }
        guard form["client_id"] == configuration.zohoClientID else { return Self.failure("invalid_client") }
        guard form["client_secret"] == configuration.zohoClientSecret else {
            return Self.failure("invalid_client_secret")
        }
        switch form["grant_type"] {
        case "refresh_token" where form["refresh_token"] == configuration.accessToken:
            return issue(call, isFirst: false)
        case "authorization_code" where form["code"] == Self.grantCode: return issue(call, isFirst: true)
        case "refresh_token", "authorization_code": return Self.failure("invalid_code")
        default: return Self.failure("unsupported_grant_type")
        }
    }

    private func issue(_ call: Call, isFirst: Bool) -> Answer {
        let isLimited = faults.vendorLimits(of: .zoho)
        guard let token = state.withLock({ $0.tokens.issue(at: call.now, isLimited: isLimited) }) else {
            return .json(
                [
                    "error_description":
                        "You have made too many requests continuously. Please try again after some time.",
                    "error": "Access Denied", "status": "failure",
                ], status: 400)
        }
        return .json([
            "access_token": JSON(token), "refresh_token": isFirst ? JSON(configuration.accessToken) : nil,
            "scope": "ZohoCRM.modules.ALL ZohoCRM.settings.ALL ZohoCRM.coql.READ ZohoCRM.notifications.ALL",
            "api_domain": JSON(call.origin + "/zoho"), "token_type": "Bearer", "expires_in": JSON(ZohoTokenBook.life),
        ])
    }

    private static func failure(_ code: String) -> Answer { .json(["error": JSON(code)]) }

    /// Parameters come in the body or in the address.
    private static func form(_ call: Call) -> [String: String] {
        call.query.merging(FormFields.read(String(buffer: call.body))) { $1 }
    }
}
