import Domain
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite struct ZohoTokenTests {
    private func request(
        accountsURL: String? = nil, apiURL: String? = nil, dataCenter: ZohoDataCenter = .eu
    ) throws -> ZohoTokenRequest {
        ZohoTokenRequest(
            settings: try ZohoSettings(
                dataCenter: dataCenter, accountsURL: accountsURL, apiURL: apiURL, clientID: "1000.CLIENT",
                clientSecret: "client-secret", refreshToken: "1000.refresh"))
    }

    private func answer(_ status: Int, _ body: String) -> OutboundResponse {
        OutboundResponse(status: status, body: Array(body.utf8))
    }

    private func failure(_ status: Int, _ body: String) throws -> CallFailure? {
        let request = try request()
        do throws(CallFailure) {
            _ = try request.grant(in: answer(status, body))
            return nil
        } catch {
            return error
        }
    }

    @Test func `the documented answer gives the token and where it is good`() throws {
        let response = OutboundResponse(status: 200, body: try Fixture.bytes("zoho/token_refresh.json"))
        let grant = try request(dataCenter: .us).grant(in: response)

        #expect(grant.access == ZohoAccess(token: "1000.fake.access", apiURL: "https://www.zohoapis.eu"))
        #expect(grant.life == .seconds(3600))
    }

    @Test func `a refusal comes with status 200`() throws {
        let body = try Fixture.text("zoho/token_error.200.json")
        let failure = try #require(try self.failure(200, body))

        #expect(failure.kind == .accountWide)
        #expect(failure.code == "invalid_code")
        #expect(failure.scope == .credential)
    }

    @Test func `too many tokens are waited for, in whatever language Zoho says so`() throws {
        for body in [
            #"{"error_description":"You have made too many requests continuously.","error":"Access Denied"}"#,
            #"{"error_description":"您已连续提出过多请求，请稍后再试。","error":"拒绝访问","status":"failure"}"#,
        ] {
            #expect(try failure(400, body)?.kind == .throttled(retryAfter: .minutes(5)))
        }
        #expect(try failure(503, "<html>")?.kind == .transient)
        #expect(try failure(404, "<html>")?.kind == .accountWide)
    }

    @Test(
        "the API is looked for at Zoho's own hosts, or where the operator sent us",
        arguments: [
            ("https://www.zohoapis.in", "https://www.zohoapis.in"),
            ("https://sandbox.zohoapis.com.au", "https://sandbox.zohoapis.com.au"),
            ("https://evil.example", "https://www.zohoapis.eu"),
            ("http://www.zohoapis.in", "https://www.zohoapis.eu"),
            ("https://www.zohoapis.in.evil.example", "https://www.zohoapis.eu"),
            ("https://www.zohoapis.in:444", "https://www.zohoapis.eu"),
        ])
    func adoption(said: String, used: String) throws {
        let body = #"{"access_token":"t","api_domain":"\#(said)","expires_in":3600}"#
        #expect(try request().grant(in: answer(200, body)).access.apiURL == used)
    }

    @Test func `the sandbox is followed, an address that the operator wrote is kept`() throws {
        let body = #"{"access_token":"t","api_domain":"http://127.0.0.1:9090/zoho","expires_in":3600}"#
        let beside = try request(accountsURL: "http://127.0.0.1:9090/zoho").grant(in: answer(200, body))
        let fixed = try request(apiURL: "https://api.example").grant(in: answer(200, body))

        #expect(beside.access.apiURL == "http://127.0.0.1:9090/zoho")
        #expect(fixed.access.apiURL == "https://api.example")
    }

    @Test func `all calls share one token, and none leaves with another scheme than Zoho's`() async throws {
        try await withZoho { _ in
            .answer(status: 204)
        } _: { server, client in
            let connector = try zoho(server.url, client)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<8 { group.addTask { try await connector.ping() } }
                try await group.waitForAll()
            }

            #expect(server.zohoTokenCalls == 1)
            #expect(server.zohoCalls.allSatisfy { $0.headers["authorization"] == "Zoho-oauthtoken \(zohoToken)" })
            let form = try #require(server.requests.first)
            #expect(form.text.contains("grant_type=refresh_token") && form.text.contains("refresh_token=1000.refresh"))
            #expect(!form.path.contains("1000.refresh"))
        }
    }

    @Test func `a token that Zoho no longer accepts is renewed once, and the call goes again`() async throws {
        try await withServer { number, request in
            if request.path.hasPrefix("/oauth/") { return zohoGrant("token-\(number)") }
            let isDead = request.headers["authorization"]?.hasSuffix("token-0") == true
            return isDead ? CRMTests.answer(401, fixture: "zoho/error_token.401.json") : .answer(status: 204)
        } _: { server, client in
            try await zoho(server.url, client).ping()
            #expect(server.zohoTokenCalls == 2)
            #expect(server.zohoCalls.count == 2)
        }
    }

    @Test func `one that is never accepted is a matter for a person`() async throws {
        try await withZoho { _ in
            CRMTests.answer(401, fixture: "zoho/error_token.401.json")
        } _: { server, client in
            let connector = try zoho(server.url, client)
            let failure = await CallFailure.of { () throws(CallFailure) in try await connector.ping() }

            #expect(failure?.kind == .accountWide)
            #expect(failure?.scope == .credential)
            #expect(server.zohoTokenCalls == 2)
        }
    }

    @Test func `asking in vain does not count against the tokens of ten minutes`() async throws {
        try await withServer { number, request in
            guard request.path.hasPrefix("/oauth/") else { return .answer(status: 204) }
            return number < 12 ? .answer(status: 503) : zohoGrant()
        } _: { server, client in
            let connector = try zoho(server.url, client)
            for _ in 0..<12 {
                let failure = await CallFailure.of { () throws(CallFailure) in try await connector.ping() }
                #expect(failure?.code == "http-503")
            }

            try await connector.ping()

            #expect(server.zohoTokenCalls == 13)
        }
    }

    @Test func `tokens are not asked for without end`() async throws {
        try await withZoho { _ in
            CRMTests.answer(401, fixture: "zoho/error_token.401.json")
        } _: { server, client in
            let connector = try zoho(server.url, client)
            var last: CallFailure?
            for _ in 0..<12 {
                last = await CallFailure.of { () throws(CallFailure) in try await connector.ping() }
            }

            #expect(server.zohoTokenCalls == 8)
            #expect(last?.code == "too-many-tokens")
        }
    }
}
