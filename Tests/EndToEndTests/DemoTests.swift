import CRM
import Domain
import Sandbox
import Testing

@testable import puente

/// `puente demo --crm`: the sample company with each of the sandbox's CRMs.
@Suite(.serialized)
struct DemoTests {
    @Test(arguments: ConnectorKind.allCases)
    func `what a customer writes is recorded in every CRM`(kind: ConnectorKind) async throws {
        try await Installation.run(Installation.Options(crm: kind.rawValue)) { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")

            try await puente.until("the message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            let answer = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(kind.rawValue)/activities")
            #expect(answer.status == 200 && answer.body.contains("Hola"), "\(answer.body)")
        }
    }

    @Test(arguments: ConnectorKind.allCases)
    func `what it prints fits the CRM`(kind: ConnectorKind) throws {
        let crm = DemoCRM(kind)
        let callback = crm.callback(at: "http://127.0.0.1:8080")?.url

        switch kind {
        case .hubspot, .own: #expect(callback == "http://127.0.0.1:8080/webhooks/crm/\(kind.rawValue)")
        case .odoo: #expect(callback?.hasPrefix("http://127.0.0.1:8080/webhooks/crm/odoo?secret=") == true)
        case .salesforce, .zoho: #expect(callback == nil)
        }
        let example = crm.example(at: "http://127.0.0.1:9090")
        #expect(example?.contains("/sandbox/crm/\(kind.rawValue)/contacts") ?? (kind == .own))
    }
}
