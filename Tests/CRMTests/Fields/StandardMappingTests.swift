import Domain
import Testing

@testable import CRM

@Suite(.timeLimit(.minutes(2))) struct StandardMappingTests {
    private static func shape(_ field: LocalField) -> FieldShape? {
        switch field {
        case .name, .firstName, .lastName, .profileName, .userID, .username, .note, .whatsAppID: .text
        case .marketingConsentSource: .text
        case .phone: .phone
        case .email: .email
        case .language: .language
        case .labels: .set
        case .marketingConsent: .consent
        case .marketingConsentAt, .lastInboundAt, .lastOutboundAt, .windowEndsAt, .createdAt: .moment
        case .page: .url
        case .wellKnown(let known): known.shape
        case .custom: nil
        }
    }

    private static func expectNoProblems(_ mapping: FieldMapping, _ fields: [RemoteField]) {
        #expect(mapping.rows.count >= 20)
        #expect(mapping.rows.count <= FieldMapping.maxRows)
        for (row, problems) in zip(mapping.rows, mapping.problems(remote: fields, shape: shape)) {
            #expect(problems == [], "\(row.local.rawValue) \(row.direction) \(row.remote)")
        }
    }

    @Test func `HubSpot's fits a prepared account`() async throws {
        try await withCRM(CRMs.hubSpot) { connector, _ in
            _ = try await connector.prepare()
            let fields = try await connector.fields()
            Self.expectNoProblems(.standard(for: .hubspot), fields)
        }
    }

    @Test func `Salesforce's fits an org with the package, and one that Puente prepared`() async throws {
        for isDeployed in [true, false] {
            try await withCRM(CRMs.salesforce) { connector, rig in
                if isDeployed {
                    try await rig.control("POST", "crm/salesforce/deploy", "{}")
                } else {
                    _ = try await connector.prepare()
                }
                let fields = try await connector.fields()
                Self.expectNoProblems(.standard(for: .salesforce), fields)
            }
        }
    }

    @Test func `Zoho's fits a prepared organisation`() async throws {
        try await withCRM(CRMs.zoho) { connector, _ in
            _ = try await connector.prepare()
            let fields = try await connector.fields()
            Self.expectNoProblems(.standard(for: .zoho), fields)
        }
    }

    @Test(arguments: [16, 19])
    func `Odoo's fits each version`(version: Int) async throws {
        try await withCRM(version: version, CRMs.odoo) { connector, _ in
            _ = try await connector.prepare()
            let fields = try await connector.fields()
            Self.expectNoProblems(.standard(for: .odoo, majorVersion: version), fields)
            Self.expectNoProblems(.standard(for: .odoo), fields)
        }
    }

    @Test func `the own system's fits its contract`() {
        Self.expectNoProblems(.standard(for: .own), OwnField.all)
    }
}
