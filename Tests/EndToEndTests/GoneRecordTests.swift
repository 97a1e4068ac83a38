import Domain
import Foundation
import Sandbox
import Store
import Testing

@testable import puente

/// People delete records in their CRM, and no webhook tells us of it.
@Suite(.serialized)
struct GoneRecordTests {
    private static var options: Installation.Options {
        var options = Installation.Options()
        options.adjustSandbox = { configuration in
            configuration.callbacks.removeAll { $0.sender == .hubspot }
            // Long enough for a test to delete something between two of them.
            configuration.statuses.delivered = .seconds(2) ... .seconds(2)
            configuration.statuses.readShare = 0
        }
        return options
    }

    private static let noDeadLetter = "SELECT COUNT(*) FROM job WHERE state = 'discarded'"

    private func delete(_ type: String, _ id: String, _ puente: Installation) async throws {
        let answer = try await puente.call(
            "DELETE", "\(puente.sandbox)/hubspot/crm/v3/objects/\(type)/\(id)",
            headers: ["Authorization": "Bearer sandbox-token"])
        #expect(answer.status == 204, "\(answer.body)")
    }

    private func text(_ sql: String, _ puente: Installation) async throws -> String? {
        try await puente.store.database.read(on: .console) { try $0.value(sql, as: String?.self) ?? nil }
    }

    private func recorded(_ count: Int, _ puente: Installation) async throws {
        try await puente.until("\(count) are recorded", within: .seconds(60)) {
            try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == count
        }
    }

    @Test
    func `a contact that was deleted is made anew, and what the customer writes next is recorded there`() async throws {
        try await Installation.run(Self.options) { puente async throws in
            try await puente.customer("34600111222", writes: "uno")
            try await recorded(1, puente)
            let first = try #require(try await text("SELECT remote_id FROM remote_ref", puente))

            try await delete("contacts", first, puente)
            try await puente.customer("34600111222", writes: "dos")

            try await recorded(2, puente)
            #expect(try await text("SELECT remote_id FROM remote_ref", puente) != first)
            #expect(try await puente.count(Self.noDeadLetter) == 0)
            let contacts = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/hubspot/contacts")
            #expect(contacts.body.contains("34600111222"))
        }
    }

    @Test
    func `a message that was deleted there is not brought up to date, and nothing waits behind it`() async throws {
        try await Installation.run(Self.options) { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await recorded(1, puente)
            let conversation = ConversationID(rawValue: Int64(try await puente.count("SELECT id FROM conversation")))
            let accepted = try await puente.server.parts.accept(
                MessageCommand(
                    workspace: puente.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "Buenas")), author: .api(key: "test")))
            try await recorded(2, puente)
            let row = "FROM activity WHERE message_id = \(accepted.message.rawValue)"
            let activity = try #require(try await text("SELECT remote_id \(row)", puente))

            try await delete("communications", activity, puente)

            try await puente.until("its delivery was to be shown, and it was missed") {
                try await text("SELECT reason \(row)", puente) == "gone"
            }
            try await puente.customer("34600111222", writes: "¿Sigue ahí?")
            try await recorded(3, puente)
            #expect(try await puente.count(Self.noDeadLetter) == 0)
        }
    }
}
