import Domain
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct HubSpotTokenTests {
    private static let request = HubSpotTokenRequest(
        url: "https://api.hubapi.com/oauth/2026-09/token", clientID: "id", clientSecret: "app-secret")

    private static func settings(
        _ url: String, version: HubSpotSettings.Version = .dated("2026-09"), refreshToken: String = "na1-refresh"
    ) throws -> HubSpotSettings {
        try HubSpotSettings(
            baseURL: url,
            credential: .oauth(clientID: "id", clientSecret: "app-secret", refreshToken: refreshToken),
            version: version)
    }

    private static func connector(_ url: String, _ client: OutboundClient) throws -> HubSpotConnector {
        HubSpotConnector(settings: try settings(url), client: client)
    }

    private func failure(
        _ status: Int, _ body: String, for basis: HubSpotTokenRequest.Basis = .refreshToken("na1-refresh")
    ) -> CallFailure? {
        do throws(CallFailure) {
            _ = try Self.request.grant(in: OutboundResponse(status: status, body: Array(body.utf8)), for: basis)
            return nil
        } catch {
            return error
        }
    }

    @Test func `the documented answer gives a token of half an hour`() throws {
        let response = OutboundResponse(status: 200, body: try Fixture.bytes("hubspot/oauth_token.json"))
        let grant = try Self.request.grant(in: response, for: .refreshToken("r"))

        #expect(
            grant
                == HubSpotTokenRequest.Grant(
                    accessToken: "CJSP5qf1KhICAQEYs-fake-access", refreshToken: "na1-6e2f-fake-refresh",
                    life: .seconds(1800)))
    }

    @Test func `a refused refresh token stops everything until a person authorises anew`() throws {
        let body = try Fixture.text("hubspot/oauth_error.json")
        let failure = try #require(self.failure(400, body))

        #expect(failure.kind == .accountWide)
        #expect(failure.scope == .credential)
        #expect(failure.code == "BAD_REFRESH_TOKEN")
        #expect(failure.advice.en.contains("refresh token") && failure.advice.es.contains("refresh token"))
    }

    @Test func `each refusal is told apart, in the old words and the new`() throws {
        let client = failure(400, #"{"status":"BAD_CLIENT_SECRET","message":"missing or invalid client secret"}"#)
        let newer = failure(400, #"{"error":"invalid_grant","error_description":"missing or invalid refresh token"}"#)
        let code = failure(
            400, #"{"status":"BAD_AUTH_CODE","message":"missing or unknown auth code"}"#,
            for: .code("c", redirectURL: "https://p.example/x"))

        #expect(client?.advice.en.contains("client secret") == true)
        #expect(newer?.code == "invalid_grant" && newer?.advice.en.contains("refresh token") == true)
        #expect(code?.advice.en.contains("good once") == true)
        #expect(failure(503, "<html>")?.kind == .transient)
        #expect(failure(429, "")?.kind == .throttled(retryAfter: .seconds(10)))
        #expect(failure(404, "<html>")?.kind == .accountWide)
        #expect(failure(200, "{}")?.code == "unreadable-token")
    }

    @Test func `all calls share one token, which is asked for where the version has it`() async throws {
        try await withServer { _, request in
            request.path.hasPrefix("/oauth/") ? Self.token("one") : .answer(status: 200, body: #"{"results":[]}"#)
        } _: { server, client in
            let connector = try Self.connector(server.url, client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await connector.ping() } }
                try await group.waitForAll()
            }

            let (tokens, calls) = server.byKind
            let form = try #require(tokens.first)
            #expect(tokens.count == 1 && form.path == "/oauth/2026-09/token")
            #expect(
                form.text
                    == "grant_type=refresh_token&refresh_token=na1-refresh&client_id=id&client_secret=app-secret")
            #expect(calls.count == 8 && calls.allSatisfy { $0.headers["authorization"] == "Bearer one" })
        }
        #expect(HubSpotPaths(version: .v3).token == "/oauth/v3/token")
    }

    @Test func `a token that HubSpot no longer accepts is renewed once, and the call goes again`() async throws {
        try await withServer { number, request in
            if request.path.hasPrefix("/oauth/") { return Self.token("token-\(number)") }
            return request.headers["authorization"] == "Bearer token-0"
                ? answer(401, fixture: "hubspot/error_auth.401.json") : .answer(status: 200, body: #"{"results":[]}"#)
        } _: { server, client in
            try await Self.connector(server.url, client).ping()

            let (tokens, calls) = server.byKind
            #expect(tokens.count == 2 && calls.count == 2)
        }
    }

    @Test func `a token of an app that does not end is not asked for twice`() async throws {
        try await withServer { _, _ in
            answer(401, fixture: "hubspot/error_auth.401.json")
        } _: { server, client in
            let connector = try hubSpot(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in try await connector.ping() }

            #expect(failure?.kind == .accountWide && failure?.scope == .credential)
            #expect(server.requests.count == 1)
        }
    }

    @Test func `a refresh token that HubSpot ever changed is followed`() async throws {
        try await withServer { number, request in
            if request.path.hasPrefix("/oauth/") { return Self.token("token-\(number)", refreshToken: "newer") }
            return request.headers["authorization"] == "Bearer token-0"
                ? answer(401, fixture: "hubspot/error_auth.401.json") : .answer(status: 200, body: #"{"results":[]}"#)
        } _: { server, client in
            try await Self.connector(server.url, client).ping()

            #expect(server.byKind.tokens.map { $0.text.contains("refresh_token=newer") } == [false, true])
        }
    }

    @Test func `the app's secret is what its webhooks are verified with`() throws {
        let settings = try Self.settings("https://api.hubapi.com")

        #expect(settings.clientSecret == "app-secret")
    }

    @Test(arguments: ["", "two words"])
    func `a secret that cannot be one is refused`(refreshToken: String) {
        #expect(throws: PuenteError.self) {
            try Self.settings("https://api.hubapi.com", refreshToken: refreshToken)
        }
    }

    @Test func `against the sandbox, tokens end and are renewed, until the app is removed`() async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        let app = configuration
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in
                let settings = try HubSpotSettings(
                    baseURL: url + "/hubspot",
                    credential: .oauth(
                        clientID: app.hubSpotClientID, clientSecret: app.hubSpotSecret,
                        refreshToken: app.hubSpotRefreshToken))
                let connector = HubSpotConnector(settings: settings, client: client)
                try await connector.ping()

                try await delete(url + "/sandbox/crm/hubspot/tokens", client)
                try await connector.ping()

                try await delete(url + "/sandbox/crm/hubspot/app", client)
                let failure = await CallFailure.of { () throws(CallFailure) in try await connector.ping() }
                #expect(failure?.kind == .accountWide && failure?.scope == .credential)
                #expect(failure?.code == "invalid_grant")
            }
        }
    }

    private func delete(_ url: String, _ client: OutboundClient) async throws {
        let response = try await client.send(
            OutboundRequest(
                method: "DELETE", url: url, headers: [], body: nil, deadline: .seconds(5), destination: "sandbox"))
        #expect(response.status == 204)
    }

    private static func token(_ text: String, refreshToken: String = "na1-refresh") -> ScriptedServer.Action {
        .answer(
            status: 200,
            body:
                #"{"token_type":"bearer","refresh_token":"\#(refreshToken)","access_token":"\#(text)","expires_in":1800}"#
        )
    }
}

extension ScriptedServer {
    fileprivate var byKind: (tokens: [Request], calls: [Request]) {
        let all = requests
        return (all.filter { $0.path.hasPrefix("/oauth/") }, all.filter { !$0.path.hasPrefix("/oauth/") })
    }
}
