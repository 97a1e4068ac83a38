import Domain
import Testing

@testable import puente

/// What every connection to a CRM may have.
@Suite struct CRMConfigurationTests {
    private func account(_ settings: String) throws -> CRMAccount {
        let configuration = try SampleConfiguration.load(
            "workspace: { name: A, region: ES }\ncrm: { h: { kind: hubspot, token: t\(settings) } }")
        return try #require(configuration.crm["h"])
    }

    @Test func `without a tier and a last day there are none`() throws {
        let account = try account("")
        #expect(account.tier == nil && account.expiresOn == nil)
    }

    @Test func `a tier says how much is written in a minute`() throws {
        #expect(try account(", tier: standard").tier?.perMinute == 300)
        #expect(try account(", tier: enterprise").tier?.perMinute == 1500)
    }

    @Test func `the last day of the credentials is a day`() throws {
        #expect(try account(#", expires_on: "2027-03-31""#).expiresOn == CivilDate(year: 2027, month: 3, day: 31))
    }

    @Test(arguments: ["2027-02-30", "31.3.2027", "2027-3-31", "2027-03-31T00:00:00Z", "soon"])
    func `what is no day is refused`(text: String) {
        #expect(throws: (any Error).self) { try account(", expires_on: \"\(text)\"") }
    }
}
