import CRM
import Domain
import Foundation
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

    /// A key that is nobody's.
    private static let key = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "CRMTests/Fixtures/salesforce/jwt-test-key.pem").path
    private static let login = "username: u, private_key_file: \"\(key)\""

    private func ends(_ settings: String, in folder: TemporaryFolder) throws -> CivilDate? {
        let text = "crm: { sf: { kind: salesforce, base_url: https://acme.my.salesforce.com, client_id: 3MVG9, "
        return try SampleConfiguration.load(
            Self.start + text + "\(Self.login), \(settings) } }", in: folder
        ).crm["sf"]?.expiresOn
    }

    @Test func `the certificate says when the credentials end, and an earlier day that is written counts`() throws {
        let folder = try TemporaryFolder()
        _ = try TestAuthority.selfSigned(for: "puente").write(to: folder)

        // 90 days after the authority's now, 2026-11-18 11:06 UTC.
        let end = try #require(CivilDate(year: 2027, month: 2, day: 16))
        #expect(try ends("certificate_file: fullchain.pem", in: folder) == end)
        #expect(
            try ends("certificate_file: fullchain.pem, expires_on: \"2027-01-01\"", in: folder)
                == CivilDate(year: 2027, month: 1, day: 1))
        #expect(try ends("certificate_file: fullchain.pem, expires_on: \"2028-01-01\"", in: folder) == end)
        #expect(try ends("audience: https://test.salesforce.com", in: folder) == nil)
    }

    @Test(arguments: [
        ("certificate_file: nowhere.crt", "crm.sf.certificate_file cannot be read: "),
        ("certificate_file: puente.yaml", "crm.sf.certificate_file holds no certificate in PEM form: "),
    ])
    func `a certificate that is none is named`(settings: String, problem: String) throws {
        let problems = try SampleConfiguration.problems(
            Self.start + "crm: { sf: { kind: salesforce, base_url: https://acme.my.salesforce.com, client_id: 3MVG9, "
                + "\(Self.login), \(settings) } }")

        #expect(problems.contains { $0.en.contains(problem) }, "\(problems.map(\.en))")
    }

    @Test(arguments: [
        ("", "crm.sf.client_id is missing"), ("client_id: 3MVG9", "crm.sf.client_secret is missing"),
        ("client_id: 3MVG9, username: u", "crm.sf.private_key is missing"),
        ("client_id: 3MVG9, username: u, private_key: hunter2", "crm.sf.private_key must be the PEM"),
        ("client_id: 3MVG9, client_secret: s, api_version: v59.0", "crm.sf.api_version must be written like v66.0"),
        (
            "client_id: 3MVG9, client_secret: s, certificate_file: a.crt",
            "crm.sf.certificate_file goes with username and private_key"
        ),
        ("client_id: 3MVG9, client_secret: s, batch_size: 5", "crm.sf.batch_size belongs to kind own"),
    ])
    func `what is missing or wrong is named`(settings: String, problem: String) throws {
        let problems = try SampleConfiguration.problems(
            Self.start + "crm: { sf: { kind: salesforce, base_url: https://acme.my.salesforce.com, \(settings) } }")

        #expect(problems.contains { $0.en.contains(problem) }, "\(problems.map(\.en))")
        #expect(!problems.contains { $0.en.contains("hunter2") || $0.es.contains("hunter2") })
    }
}
