import CRM
import Domain
import Testing

@testable import puente

@Suite struct ZohoConfigurationTests {
    private static let start = "workspace: { name: A, region: ES }\n"
    private static let credentials = "client_id: 1000.A, client_secret: s3cret, refresh_token: 1000.r"

    private func account(_ settings: String) throws -> CRMAccount {
        let configuration = try SampleConfiguration.load(Self.start + "crm: { z: { kind: zoho, \(settings) } }")
        return try #require(configuration.crm["z"])
    }

    @Test func `what Zoho gave is enough`() throws {
        let account = try account(Self.credentials)

        guard case .zoho(let zoho) = account.vendor else {
            Issue.record("not read as Zoho's")
            return
        }
        #expect(zoho.dataCenter == .us)
        #expect(zoho.refreshToken == Secret("1000.r"))
        #expect(!zoho.isAPIFixed)
        #expect(zoho.concurrentCalls == 4)
        #expect(zoho.dailyCredits == nil)
        #expect(zoho.sweepEvery == .minutes(5))
        #expect(account.baseURL == ZohoDataCenter.us.apiURL)
    }

    @Test func `the data centre says where the API is`() throws {
        let account = try account(Self.credentials + ", data_center: eu")

        #expect(account.baseURL == ZohoDataCenter.eu.apiURL)
    }

    @Test(arguments: [
        ("client_secret: s, refresh_token: r", "crm.z.client_id is missing"),
        ("client_id: c, refresh_token: r", "crm.z.client_secret is missing"),
        ("client_id: c, client_secret: s", "crm.z.refresh_token is missing"),
        (credentials + ", data_center: mars", "crm.z.data_center"),
        (credentials + ", webhook_secret: hunter2", "crm.z.webhook_secret must have 16 to 50 characters"),
        (credentials + ", batch_size: 5", "crm.z.batch_size belongs to kind own"),
    ])
    func `what is missing or wrong is named`(settings: String, problem: String) throws {
        let problems = try SampleConfiguration.problems(Self.start + "crm: { z: { kind: zoho, \(settings) } }")

        #expect(problems.contains { $0.en.contains(problem) }, "\(problems.map(\.en))")
        #expect(!problems.contains { $0.en.contains("hunter2") || $0.es.contains("hunter2") })
    }
}
