import CRM
import Domain
import Testing

@testable import puente

@Suite struct SalesforceConfigurationTests {
    private static let start = "workspace: { name: A, region: ES }\n"

    private func account(_ settings: String) throws -> CRMAccount.Salesforce? {
        let configuration = try SampleConfiguration.load(
            Self.start + "crm: { sf: { kind: salesforce, base_url: https://acme.my.salesforce.com, \(settings) } }")
        guard case .salesforce(let salesforce) = configuration.crm["sf"]?.vendor else { return nil }
        return salesforce
    }

    @Test func `a client secret is enough`() throws {
        let account = try #require(try account("client_id: 3MVG9, client_secret: s3cret"))

        #expect(account.secret == Secret("s3cret"))
        #expect(account.username == nil)
        #expect(account.version == "v66.0")
        #expect(account.sweepEvery == .minutes(5))
    }

    @Test(arguments: [
        ("", "crm.sf.client_id is missing"), ("client_id: 3MVG9", "crm.sf.client_secret is missing"),
        ("client_id: 3MVG9, username: u", "crm.sf.private_key is missing"),
        ("client_id: 3MVG9, username: u, private_key: hunter2", "crm.sf.private_key must be the PEM"),
        ("client_id: 3MVG9, client_secret: s, api_version: v59.0", "crm.sf.api_version must be written like v66.0"),
        ("client_id: 3MVG9, client_secret: s, batch_size: 5", "crm.sf.batch_size belongs to kind own"),
    ])
    func `what is missing or wrong is named`(settings: String, problem: String) throws {
        let problems = try SampleConfiguration.problems(
            Self.start + "crm: { sf: { kind: salesforce, base_url: https://acme.my.salesforce.com, \(settings) } }")

        #expect(problems.contains { $0.en.contains(problem) }, "\(problems.map(\.en))")
        #expect(!problems.contains { $0.en.contains("hunter2") || $0.es.contains("hunter2") })
    }
}
