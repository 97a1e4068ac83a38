import Crypto
import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// A workflow in HubSpot writes to customers, above all to those who never wrote.
@Suite(.serialized)
struct WorkflowTests {
    private static let north = SandboxNumber(
        id: "206540352242922", display: "+15550783882", verifiedName: "Ejemplo Norte")

    private static var twoNumbers: Installation.Options {
        var options = Installation.Options()
        options.adjustSandbox = { $0.numbers.append(Self.north) }
        options.adjustPlan = { plan in
            guard let main = plan.provision.numbers["main"] else { return }
            plan.provision.numbers["north"] = .init(
                app: "main", phoneNumberID: Self.north.id, wabaID: main.wabaID, portfolioID: main.portfolioID,
                displayNumber: Self.north.display, accessToken: main.accessToken)
        }
        return options
    }

    private struct Contact: Decodable { let id: String }
    private struct Contacts: Decodable { let data: [Contact] }

    /// Somebody in HubSpot makes a contact.
    private func contact(_ properties: String, _ puente: Installation) async throws -> String {
        let answer = try await puente.call(
            "POST", "\(puente.sandbox)/sandbox/crm/hubspot/contacts", body: #"{"properties":\#(properties)}"#)
        return try answer.json(Contact.self).id
    }

    /// Calls as HubSpot's workflow does, to see the answer.
    private func act(on contact: String, _ fields: String, _ puente: Installation) async throws -> Installation.Answer {
        let url = "\(puente.url)/webhooks/crm/hubspot"
        let body = """
            {"callbackId":"ap-\(UUID().uuidString)","object":{"objectId":\(contact),"objectType":"CONTACT"},\
            "inputFields":\(fields)}
            """
        let hash = SHA256.hash(data: Array("sandbox-secretPOST\(url)\(body)".utf8))
        return try await puente.call(
            "POST", url, body: body,
            headers: [
                "X-HubSpot-Signature": hash.map { String(format: "%02x", $0) }.joined(),
                "X-HubSpot-Signature-Version": "v2",
            ])
    }

    @Test
    func `a contact who never wrote gets a template from the number named, and is linked`() async throws {
        try await Installation.run(Self.twoNumbers) { puente async throws in
            try await puente.until("the template is here") {
                try await puente.count(
                    """
                    SELECT COUNT(*) FROM template
                    WHERE name = 'seguimos_en_contacto' AND language = 'es' AND status = 'APPROVED'
                    """) == 1
            }
            let id = try await contact(
                #"{"firstname":"Ana","lastname":"López","mobilephone":"+34 600 111 222"}"#, puente)

            let command = """
                {"contact_id":\(id),"fields":{"template_name":"seguimos_en_contacto","template_language":"es",\
                "from":"north"}}
                """
            let answer = try await puente.call(
                "POST", "\(puente.sandbox)/sandbox/crm/hubspot/commands", body: command)
            #expect(answer.status == 202, "\(answer.body)")

            try await puente.until("it was handed to Meta") {
                try await puente.count(
                    """
                    SELECT COUNT(*) FROM message m JOIN number n ON n.id = m.number_id
                    WHERE n.slug = 'north' AND m.wamid IS NOT NULL
                    """) == 1
            }
            try await puente.until("it stands on the contact's timeline") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            #expect(try await puente.count("SELECT COUNT(*) FROM remote_ref WHERE remote_id = '\(id)'") == 1)
            try await puente.until("the name is known") {
                try await puente.count("SELECT COUNT(*) FROM contact WHERE name = 'Ana López'") == 1
            }
            let answerOfAll = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/hubspot/contacts")
            let all = try answerOfAll.json(Contacts.self).data.map(\.id)
            #expect(all == [id])
        }
    }

    @Test
    func `what cannot be sent says what to do`() async throws {
        try await Installation.run(Self.twoNumbers) { puente async throws in
            let message = #"{"message":"Hola"}"#

            let unknown = try await act(on: "999999", message, puente)
            #expect(unknown.status == 422 && unknown.body.contains("There is no such contact"), "\(unknown)")

            let phoneless = try await contact(#"{"firstname":"Ana"}"#, puente)
            let silent = try await act(on: phoneless, message, puente)
            #expect(silent.status == 422 && silent.body.contains("has no phone number in the CRM"), "\(silent)")

            let stranger = try await contact(#"{"mobilephone":"+34600111222"}"#, puente)
            let undecided = try await act(on: stranger, message, puente)
            #expect(undecided.status == 422 && undecided.body.contains(#"Say in \"from\""#), "\(undecided)")

            let metrics = try await puente.call("GET", "\(puente.url)/metrics")
            let count = #"puente_crm_webhooks_refused_total{connection="hubspot",reason="refused"}"#
            #expect(metrics.body.contains(count), "what was refused is not counted")

            #expect(try await puente.count("SELECT COUNT(*) FROM contact") == 0)
        }
    }
}
