import Domain
import Foundation
import Testing

@testable import puente

/// Webhooks of CRMs that sign nothing: Odoo's secret stands in the address, Zoho's token in the body.
@Suite(.serialized)
struct UnsignedWebhookTests {
    /// The sweep stays away: what is known was told by a webhook.
    private static func options(_ crm: String) -> Installation.Options {
        var options = Installation.Options(crm: crm)
        options.adjustPlan = { $0.sweepEvery = [crm: .hours(1)] }
        return options
    }

    /// A customer has written and stands in the CRM.
    /// - Returns: the record's id there.
    private func record(in crm: String, _ puente: Installation) async throws -> String {
        try await puente.customer("34600111222", writes: "Hola")
        try await puente.until("the message is recorded") {
            try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
        }
        let answer = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(crm)/contacts")
        let body = try JSONSerialization.jsonObject(with: Data(answer.body.utf8)) as? [String: Any]
        let first = (body?["data"] as? [[String: Any]])?.first
        return "\(try #require(first?["id"]))"
    }

    private func act(_ method: String, _ path: String, body: String? = nil, in puente: Installation) async throws {
        let answer = try await puente.call(method, "\(puente.sandbox)/sandbox/crm/\(path)", body: body)
        #expect(answer.status < 300, "\(answer.body)")
    }

    private func untilRenamed(_ puente: Installation) async throws {
        try await puente.until("the name is known") {
            try await puente.count("SELECT COUNT(*) FROM contact WHERE name = 'Ana López'") == 1
        }
        #expect(try await puente.count("SELECT COUNT(*) FROM contact") == 1)
    }

    private func untilUnlinked(_ puente: Installation) async throws {
        try await puente.until("the link is gone") { try await puente.count("SELECT COUNT(*) FROM remote_ref") == 0 }
    }

    @Test func `what an automation rule of Odoo tells of is read at once`() async throws {
        try await Installation.run(Self.options("odoo")) { puente async throws in
            let id = try await record(in: "odoo", puente)

            try await act("PATCH", "odoo/contacts/\(id)", body: #"{"name":"Ana López"}"#, in: puente)
            try await untilRenamed(puente)

            try await act("DELETE", "odoo/contacts/\(id)", in: puente)
            try await untilUnlinked(puente)
        }
    }

    @Test func `what Zoho tells of through the channel that we opened is read at once`() async throws {
        try await Installation.run(Self.options("zoho")) { puente async throws in
            try await puente.until("the channel is open") {
                try await puente.count("SELECT COUNT(*) FROM connection WHERE push_renewal_at IS NOT NULL") == 1
            }
            let id = try await record(in: "zoho", puente)

            let name = #"{"fields":{"First_Name":"Ana","Last_Name":"López"}}"#
            try await act("PATCH", "zoho/contacts/\(id)", body: name, in: puente)
            try await untilRenamed(puente)

            try await act("DELETE", "zoho/contacts/\(id)", in: puente)
            try await untilUnlinked(puente)
        }
    }

    @Test(arguments: [
        ("odoo", "", "{}"), ("odoo", "?secret=a-strangers-guess", "{}"),
        ("zoho", "", #"{"channel_id":"1","token":"a-strangers-guess","module":"Contacts","operation":"delete"}"#),
        ("salesforce", "", "{}"),
    ])
    func `whoever knows no secret is refused, and counted`(crm: String, query: String, body: String) async throws {
        try await Installation.run(Self.options(crm)) { puente async throws in
            let answer = try await puente.call("POST", "\(puente.url)/webhooks/crm/\(crm)\(query)", body: body)

            #expect(answer.status == 401 && !answer.body.contains("a-strangers-guess"))
            let figures = try await puente.call("GET", "\(puente.url)/metrics").body
            let counted = "puente_crm_webhooks_refused_total{connection=\"\(crm)\",reason=\"signature\"}"
            #expect(figures.contains(counted))
        }
    }
}
