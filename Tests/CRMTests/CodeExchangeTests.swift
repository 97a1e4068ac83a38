import Domain
import Sandbox
import Testing

@testable import CRM
@testable import OutboundHTTP

@Suite(.timeLimit(.minutes(2))) struct CodeExchangeTests {
    private func withSandbox(
        _ work: @escaping @Sendable (_ url: String, SandboxConfiguration, OutboundClient) async throws -> Void
    ) async throws {
        var configuration = SandboxConfiguration()
        configuration.port = 0
        let settings = configuration
        try await SandboxServer.withRunning(configuration, logger: quiet) { sandbox in
            let url = try await sandbox.baseURL
            try await withClient { client in try await work(url, settings, client) }
        }
    }

    @Test func `HubSpot's code is good once, and for its own redirect address`() async throws {
        try await withSandbox { url, app, client in
            let redirectURL = "https://puente.example.com/back"
            let answer = try await client.send(
                OutboundRequest(
                    method: "POST", url: url + "/sandbox/crm/hubspot/codes",
                    body: Array(#"{"redirect_uri":"\#(redirectURL)"}"#.utf8), deadline: .seconds(5)))
            let code: [String: String] = try WireJSON.decode(from: answer.body)
            let exchange = CodeExchange(
                vendor: .hubspot(baseURL: url + "/hubspot", redirectURL: redirectURL), clientID: app.hubSpotClientID,
                clientSecret: app.hubSpotSecret, code: code["code"] ?? "")

            let token = try await exchange.refreshToken(with: client)
            let again = await CallFailure.of { () throws(CallFailure) in
                try await exchange.refreshToken(with: client)
            }

            #expect(token.hasPrefix("na1-refresh-"))
            #expect(again?.advice.en.contains("good once") == true)
        }
    }

    @Test func `Zoho's code gives its refresh token`() async throws {
        try await withSandbox { url, app, client in
            func exchange(_ code: String) -> CodeExchange {
                CodeExchange(
                    vendor: .zoho(accountsURL: url + "/zoho"), clientID: app.zohoClientID,
                    clientSecret: app.zohoClientSecret, code: code)
            }
            let token = try await exchange("sandbox-grant").refreshToken(with: client)
            let wrong = await CallFailure.of { () throws(CallFailure) in
                try await exchange("old").refreshToken(with: client)
            }

            #expect(token == app.accessToken)
            #expect(wrong?.code == "invalid_code" && wrong?.advice.en.contains("used up") == true)
        }
    }
}
