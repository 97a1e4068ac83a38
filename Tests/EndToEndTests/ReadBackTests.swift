import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// What people change in the CRM is known here: told by a webhook, or found by the sweep.
@Suite(.serialized)
struct ReadBackTests {
    private struct Contacts: Decodable {
        struct Contact: Decodable {
            let id: String
        }
        let data: [Contact]
    }

    /// A customer has written and stands in the CRM.
    /// - Returns: the record's id there.
    private func record(_ puente: Installation) async throws -> String {
        try await puente.customer("34600111222", writes: "Hola")
        try await puente.until("the message is recorded") {
            try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
        }
        let contacts = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/hubspot/contacts")
        return try #require(try contacts.json(Contacts.self).data.first).id
    }

    private func rename(_ id: String, _ puente: Installation) async throws {
        let answer = try await puente.call(
            "PATCH", "\(puente.sandbox)/sandbox/crm/hubspot/contacts/\(id)",
            body: #"{"properties":{"firstname":"Ana","lastname":"López","email":"Ana@Example.com"}}"#)
        #expect(answer.status < 300, "\(answer.body)")
    }

    private func expectRenamed(_ puente: Installation) async throws {
        try await puente.until("the name is known") {
            try await puente.count("SELECT COUNT(*) FROM contact WHERE name = 'Ana López'") == 1
        }
        #expect(
            try await puente.count(
                "SELECT COUNT(*) FROM handle WHERE kind = 'email' AND value = 'ana@example.com' AND evidence = 'crm'")
                == 1)
        #expect(try await puente.count("SELECT COUNT(*) FROM contact") == 1)
    }

    @Test func `a change that a webhook tells of is read at once`() async throws {
        try await Installation.run { puente async throws in
            let id = try await record(puente)
            try await rename(id, puente)
            try await expectRenamed(puente)
        }
    }

    @Test func `a change that no webhook tells of is found by the sweep, and our own write is none`() async throws {
        var options = Installation.Options()
        options.adjustSandbox = { $0.callbacks.removeAll { $0.sender == .hubspot } }
        options.adjustPlan = { $0.sweepEvery = ["hubspot": .milliseconds(300)] }
        try await Installation.run(options) { puente async throws in
            let id = try await record(puente)
            try await puente.until("what we wrote ourselves was read back") {
                try await puente.count("SELECT COUNT(*) FROM remote_ref WHERE content_hash IS NOT NULL") == 1
            }
            #expect(
                try await puente.count("SELECT COUNT(*) FROM contact WHERE name = '' AND updated_at = created_at") == 1)

            try await rename(id, puente)
            try await expectRenamed(puente)
        }
    }

    @Test func `a record that is deleted there is made again with the next message`() async throws {
        try await Installation.run { puente async throws in
            let id = try await record(puente)
            let answer = try await puente.call("DELETE", "\(puente.sandbox)/sandbox/crm/hubspot/contacts/\(id)")
            #expect(answer.status < 300)
            try await puente.until("the link is gone") {
                try await puente.count("SELECT COUNT(*) FROM remote_ref") == 0
            }

            try await puente.customer("34600111222", writes: "¿Sigue ahí?")

            try await puente.until("the next message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 2
            }
        }
    }
}
