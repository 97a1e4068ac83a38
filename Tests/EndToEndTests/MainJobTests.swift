import Domain
import Foundation
import Store
import Testing

@testable import puente

/// The main job, through every part, over real sockets.
@Suite(.serialized)
struct MainJobTests {
    struct Activities: Decodable {
        struct Item: Decodable {}
        let data: [Item]
    }

    struct Sent: Decodable {
        struct Message: Decodable {
            let id: String
            let status: String?
            let biz_opaque_callback_data: String?
        }
        let data: [Message]
    }

    @Test(arguments: ["hubspot", "own"])
    func `a customer's message is in the CRM once, with the customer`(crm: String) async throws {
        var options = Installation.Options()
        options.crm = crm
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", writes: "¿Tienen talla 42?")

            try await puente.until("the message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }

            let activities = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(crm)/activities")
            #expect(try activities.json(Activities.self).data.count == 1)
            #expect(activities.body.contains("¿Tienen talla 42?"))
            let contacts = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(crm)/contacts")
            #expect(contacts.body.contains("34600111222"))
        }
    }

    @Test(arguments: ["hubspot", "own"])
    func `another name on WhatsApp reaches the CRM`(crm: String) async throws {
        var options = Installation.Options()
        options.crm = crm
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", name: "Ana Ruiz", writes: "Hola")
            try await puente.until("the message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            try await puente.customer("34600111222", name: "Ana de la Tienda", writes: "Soy yo")
            try await puente.until("the CRM has the name") {
                try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/\(crm)/contacts")
                    .body.contains("Ana de la Tienda")
            }
        }
    }

    @Test
    func `the company's own system gets the customer's phone with every message`() async throws {
        var options = Installation.Options()
        options.crm = "own"
        try await Installation.run(options) { puente async throws in
            for (count, text) in [(1, "Hola"), (2, "¿Tienen talla 42?")] {
                try await puente.customer("34600111222", writes: text)
                try await puente.until("the message is recorded") {
                    try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == count
                }
            }

            let activities = try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/own/activities")
            #expect(activities.body.components(separatedBy: #""phone":"+34600111222""#).count - 1 == 2)
        }
    }

    @Test
    func `an agent's answer reaches the customer once, and its progress reaches the CRM`() async throws {
        try await Installation.run { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await puente.until("the message is stored") {
                try await puente.count("SELECT COUNT(*) FROM message") == 1
            }
            let conversation = ConversationID(rawValue: Int64(try await puente.count("SELECT id FROM conversation")))

            let accepted = try await puente.server.parts.accept(
                MessageCommand(
                    workspace: puente.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "Buenos días, ¿en qué le ayudo?")),
                    author: .api(key: "test")))

            try await puente.until("the customer has read it, and the CRM knows") {
                try await puente.count(
                    """
                    SELECT COUNT(*) FROM message m JOIN activity a ON a.message_id = m.id
                    WHERE m.id = \(accepted.message.rawValue) AND m.status IN ('delivered', 'read')
                        AND a.recorded_status = m.status
                    """) == 1
            }
            let sent = try await puente.call("GET", "\(puente.sandbox)/sandbox/messages")
            #expect(try sent.json(Sent.self).data.count == 1)
        }
    }

    @Test
    func `a closed window refuses free text and takes an approved template`() async throws {
        try await Installation.run { puente async throws in
            try await puente.until("the templates are here") {
                try await puente.count("SELECT COUNT(*) FROM template WHERE status = 'APPROVED'") > 0
            }
            let command = MessageCommand(
                workspace: puente.workspace, target: .address(.phone("34600333444"), from: nil),
                content: .text(TextContent(body: "Hola")), author: .api(key: "test"))

            await #expect(throws: PuenteError.self) { try await puente.server.parts.accept(command) }

            #expect(try await puente.count("SELECT COUNT(*) FROM message") == 0)
        }
    }

    @Test
    func `a command from the CRM goes to WhatsApp once, however often it comes`() async throws {
        var options = Installation.Options()
        options.crm = "own"
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await puente.until("the message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            let command = #"{"type":"message.send","data":{"to":"+34600111222","text":"Su pedido ya salió"}}"#
            for _ in 0..<3 {
                let answer = try await puente.postOwnEvent(command, id: "cmd_1")
                #expect(answer.status == 200, "\(answer.body)")
            }

            try await puente.until("it was handed to Meta") {
                try await puente.count("SELECT COUNT(*) FROM message WHERE is_inbound = 0 AND wamid IS NOT NULL") == 1
            }
            let sent = try await puente.call("GET", "\(puente.sandbox)/sandbox/messages")
            #expect(try sent.json(Sent.self).data.count == 1)
        }
    }

    @Test
    func `what a customer sends as a file is fetched and kept by its hash`() async throws {
        try await Installation.run { puente async throws in
            let answer = try await puente.call(
                "POST", "\(puente.sandbox)/sandbox/customers/34600111222/messages",
                body: #"{"type":"image","image":{"caption":"mi talla"}}"#)
            #expect(answer.status < 300, "\(answer.body)")

            try await puente.until("the file is here") {
                try await puente.count("SELECT COUNT(*) FROM media WHERE state = 'stored' AND size > 0") == 1
            }
        }
    }
}
