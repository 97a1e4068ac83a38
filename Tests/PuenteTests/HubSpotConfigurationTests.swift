import CRM
import Domain
import Testing

@testable import puente

@Suite struct HubSpotConfigurationTests {
    private static let start = "workspace: { name: A, region: ES }\n"
    private static let clientID = "f5a8b3c4-1234-5678-9abc-def012345678"
    private static let credentials = "client_id: \(clientID), client_secret: s3cret, refresh_token: na1-r"

    private func hubSpot(_ settings: String) throws -> CRMAccount.HubSpot? {
        let configuration = try SampleConfiguration.load(Self.start + "crm: { h: { kind: hubspot, \(settings) } }")
        guard case .hubspot(let hubSpot) = try #require(configuration.crm["h"]).vendor else { return nil }
        return hubSpot
    }

    @Test func `a token is enough, with what its app has beside it`() throws {
        let hubSpot = try hubSpot("token: pat-1, client_secret: s3cret, client_id: \(Self.clientID)")

        #expect(hubSpot?.credential == .token("pat-1"))
        #expect(hubSpot?.clientSecret == Secret("s3cret"))
    }

    @Test func `an app with OAuth has a refresh token instead`() throws {
        let hubSpot = try hubSpot(Self.credentials)

        #expect(
            hubSpot?.credential == .oauth(clientID: Self.clientID, clientSecret: "s3cret", refreshToken: "na1-r"))
    }

    @Test(arguments: [
        ("sweep_every: 5m", "crm.h.token is missing"),
        ("client_secret: s, refresh_token: r", "crm.h.client_id is missing"),
        ("client_id: \(clientID), refresh_token: r", "crm.h.client_secret is missing"),
        (credentials + ", token: t", "crm.h.token must be left out beside refresh_token"),
    ])
    func `what is missing or too much is named`(settings: String, problem: String) throws {
        let problems = try SampleConfiguration.problems(Self.start + "crm: { h: { kind: hubspot, \(settings) } }")

        #expect(problems.contains { $0.en.contains(problem) }, "\(problems.map(\.en))")
    }
}
