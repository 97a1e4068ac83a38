import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct HubSpotOAuthTests {
    private static let app = SandboxConfiguration()

    private static func grant(
        _ api: TestAPI, _ form: [String: String] = [:], path: String = "/oauth/2026-09/token"
    ) async throws -> TestAPI.Reply {
        let fields = [
            "grant_type": "refresh_token", "client_id": app.hubSpotClientID, "client_secret": app.hubSpotSecret,
            "refresh_token": app.hubSpotRefreshToken,
        ].merging(form) { $1 }
        let body = fields.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        return try await api.raw("POST", "/hubspot" + path, ByteBuffer(string: body), [], token: nil)
    }

    private static func token(_ api: TestAPI) async throws -> String {
        try await grant(api).json["access_token"]?.text ?? ""
    }

    @Test(arguments: ["/oauth/v1/token", "/oauth/v3/token", "/oauth/2026-09/token"])
    func `a refresh token gives an access token of half an hour`(path: String) async throws {
        try await TestSandbox.run { api in
            let reply = try await Self.grant(api, path: path)
            let token = try #require(try reply.json["access_token"]?.text)
            let good = try await api.get(TestAPI.contacts, token: token)
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 1801])
            let late = try await api.get(TestAPI.contacts, token: token)

            #expect(try reply.json["expires_in"]?.wholeNumber == 1800)
            #expect(try reply.json["refresh_token"]?.text == Self.app.hubSpotRefreshToken)
            #expect(good.status == 200)
            #expect(late.status == 401)
            #expect(try late.json["category"]?.text == "EXPIRED_AUTHENTICATION")
        }
    }

    @Test(
        "refusals name themselves, the newer versions in OAuth's words besides",
        arguments: [
            ("client_id", "BAD_CLIENT_ID", "invalid_client"),
            ("client_secret", "BAD_CLIENT_SECRET", "invalid_client"),
            ("refresh_token", "BAD_REFRESH_TOKEN", "invalid_grant"),
            ("grant_type", "BAD_GRANT_TYPE", "unsupported_grant_type"),
        ])
    func refusals(field: String, status: String, error: String) async throws {
        try await TestSandbox.run { api in
            let old = try await Self.grant(api, [field: "wrong"], path: "/oauth/v1/token")
            let new = try await Self.grant(api, [field: "wrong"])

            #expect(old.status == 400 && new.status == 400)
            #expect(try old.json["status"]?.text == status)
            #expect(try old.json["error"] == nil)
            #expect(try new.json["error"]?.text == error)
        }
    }

    @Test func `a code is good once, for its own address, and gives a refresh token`() async throws {
        try await TestSandbox.run { api in
            let url = "https://puente.example.com/back"
            let code = try await api.post("/sandbox/crm/hubspot/codes", ["redirect_uri": JSON(url)]).json["code"]?.text
            let form = ["grant_type": "authorization_code", "code": try #require(code), "redirect_uri": url]

            let first = try await Self.grant(api, form)
            let again = try await Self.grant(api, form)
            let refreshToken = try #require(try first.json["refresh_token"]?.text)
            let later = try await Self.grant(api, ["refresh_token": refreshToken])

            #expect(first.status == 200 && refreshToken != Self.app.hubSpotRefreshToken)
            #expect(again.status == 400)
            #expect(try again.json["status"]?.text == "BAD_AUTH_CODE")
            #expect(later.status == 200)
        }
    }

    @Test func `what is known of a token is told by version 1`() async throws {
        try await TestSandbox.run { api in
            let token = try await Self.token(api)
            let info = try await api.get("/hubspot/oauth/v1/access-tokens/\(token)", token: nil)
            let none = try await api.get("/hubspot/oauth/v1/access-tokens/nothing", token: nil)
            let lasting = try await api.get(
                "/hubspot/oauth/v1/refresh-tokens/\(Self.app.hubSpotRefreshToken)", token: nil)

            #expect(try info.json["hub_id"]?.wholeNumber == Self.app.portalID)
            #expect(try info.json["token_type"]?.text == "access")
            #expect(none.status == 404)
            #expect(try lasting.json["client_id"]?.text == Self.app.hubSpotClientID)
        }
    }

    @Test func `people and time end tokens`() async throws {
        try await TestSandbox.run { api in
            let token = try await Self.token(api)
            _ = try await api.call("DELETE", "/sandbox/crm/hubspot/tokens", nil)
            let ended = try await api.get(TestAPI.contacts, token: token)
            let renewed = try await Self.grant(api)
            _ = try await api.call("DELETE", "/sandbox/crm/hubspot/app", nil)
            let removed = try await Self.grant(api)

            #expect(ended.status == 401)
            #expect(renewed.status == 200)
            #expect(removed.status == 400)
            #expect(try removed.json["status"]?.text == "BAD_REFRESH_TOKEN")
        }
    }
}
