import Domain
import Foundation
import NIOCore
import Synchronization

/// `POST /oauth/v1/token`, `/oauth/v3/token` and `/oauth/2026-09/token`; what is known of a token of version 1.
/// Source: HubSpot, "Managing OAuth tokens", and its published OpenAPI files.
extension HubSpot {
    /// - Parameter call: its path begins behind `oauth`.
    func oauth(_ call: Call) -> Answer {
        guard let version = call.segments.first, ["v1", "v3", "2026-03", "2026-09"].contains(version) else {
            return HubSpotError.notFound.answer
        }
        let isNew = version != "v1"
        let token = call.segments.count == 3 ? call.segments[2] : ""
        switch (call.method, call.segments.dropFirst().first, call.segments.count) {
        case (.post, "token", 2): return grant(Self.form(call, isNew: isNew), isNew: isNew, at: call.now.milliseconds)
        case (.get, "access-tokens", 3) where !isNew: return accessToken(token, at: call.now.milliseconds)
        case (.get, "refresh-tokens", 3) where !isNew: return refreshToken(token)
        case (.delete, "refresh-tokens", 3) where !isNew:
            state.withLock { $0.tokens.forget(token) }
            return .noContent
        default: return HubSpotError.notFound.answer
        }
    }

    private func grant(_ form: [String: String], isNew: Bool, at now: Int64) -> Answer {
        guard form["client_id"] == configuration.hubSpotClientID else {
            return HubSpotGrantError.client.answer(isNew: isNew)
        }
        guard form["client_secret"] == configuration.hubSpotSecret else {
            return HubSpotGrantError.secret.answer(isNew: isNew)
        }
        switch form["grant_type"] {
        case "refresh_token":
            return give(form["refresh_token"], or: .refreshToken, isNew: isNew, at: now)
        case "authorization_code":
            let refreshToken = state.withLock { state in
                state.tokens.exchange(form["code"] ?? "", form["redirect_uri"], at: now)
            }
            return give(refreshToken, or: .code, isNew: isNew, at: now)
        default: return HubSpotGrantError.grantType.answer(isNew: isNew)
        }
    }

    private func give(
        _ refreshToken: String?, or error: HubSpotGrantError, isNew: Bool, at now: Int64
    ) -> Answer {
        guard let refreshToken,
            let token = state.withLock({ state in state.tokens.issue(for: refreshToken, at: now) })
        else { return error.answer(isNew: isNew) }
        return .json([
            "token_type": "bearer", "refresh_token": JSON(refreshToken), "access_token": JSON(token),
            "expires_in": JSON(HubSpotTokenBook.life), "hub_id": isNew ? JSON(configuration.portalID) : nil,
        ])
    }

    private func accessToken(_ token: String, at now: Int64) -> Answer {
        guard let left = state.withLock({ state in state.tokens.secondsLeft(of: token, at: now) }) else {
            return HubSpotError.notFound.answer
        }
        return .json([
            "token": JSON(token), "user": "admin@example.com", "hub_domain": "example.com", "scopes": ["oauth"],
            "hub_id": JSON(configuration.portalID), "app_id": JSON(configuration.hubSpotAppID),
            "expires_in": JSON(left), "user_id": 1, "token_type": "access",
        ])
    }

    private func refreshToken(_ token: String) -> Answer {
        guard state.withLock({ state in state.tokens.refreshTokens.contains(token) }) else {
            return HubSpotError.notFound.answer
        }
        return .json([
            "token": JSON(token), "user": "admin@example.com", "hub_domain": "example.com", "scopes": ["oauth"],
            "hub_id": JSON(configuration.portalID), "client_id": JSON(configuration.hubSpotClientID), "user_id": 1,
            "token_type": "refresh",
        ])
    }

    /// Version 1 takes the parameters from the address as well.
    private static func form(_ call: Call, isNew: Bool) -> [String: String] {
        let body = FormFields.read(String(buffer: call.body))
        return isNew ? body : call.query.merging(body) { $1 }
    }
}

/// A refusal of the token path, which has a shape of its own: `status` in version 1, `error` beside it in the newer ones.
struct HubSpotGrantError {
    let status: String
    let error: String
    let message: String

    static let client = Self(
        status: "BAD_CLIENT_ID", error: "invalid_client", message: "missing or unknown client id")
    static let secret = Self(
        status: "BAD_CLIENT_SECRET", error: "invalid_client", message: "missing or invalid client secret")
    static let refreshToken = Self(
        status: "BAD_REFRESH_TOKEN", error: "invalid_grant", message: "missing or invalid refresh token")
    static let code = Self(
        status: "BAD_AUTH_CODE", error: "invalid_grant", message: "missing or unknown auth code")
    static let grantType = Self(
        status: "BAD_GRANT_TYPE", error: "unsupported_grant_type", message: "missing or unknown grant type")

    func answer(isNew: Bool) -> Answer {
        .json(
            [
                "status": JSON(status), "message": JSON(message),
                "correlationId": JSON(UUID().uuidString.lowercased()), "error": isNew ? JSON(error) : nil,
                "error_description": isNew ? JSON(message) : nil,
            ], status: 400)
    }
}
