import Domain
import Foundation
import Pipeline
import Store
import Testing

@testable import puente

/// What goes wrong between two parties, done on purpose by the sandbox.
@Suite(.serialized)
struct FaultTests {
    private struct Listing: Decodable {
        struct Item: Decodable {}
        let data: [Item]
    }

    /// - Parameter fault: as `PUT /sandbox/faults` takes it.
    private func set(_ fault: String, _ puente: Installation) async throws {
        let answer = try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: "{\"faults\":[\(fault)]}")
        #expect(answer.status < 300, "\(answer.body)")
    }

    private func activities(_ puente: Installation) async throws -> Int {
        try await puente.call("GET", "\(puente.sandbox)/sandbox/crm/hubspot/activities").json(Listing.self).data.count
    }

    @Test
    func `an answer lost after the CRM acted makes no second activity`() async throws {
        var options = Installation.Options()
        options.adjustPlan = { $0.crm.policy = RetryPolicy(waits: [.milliseconds(200), .milliseconds(400)]) }
        try await Installation.run(options) { puente async throws in
            try await set(#"{"target":"hubspot","kind":"drop_answer","count":1,"path":"communications"}"#, puente)

            try await puente.customer("34600111222", writes: "una sola vez")

            try await puente.until("the message is recorded", within: .seconds(40)) {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            #expect(try await activities(puente) == 1)
        }
    }

    @Test(arguments: [429, 500, 503])
    func `a CRM that fails for a while gets everything afterwards`(status: Int) async throws {
        try await Installation.run { puente async throws in
            try await set(#"{"target":"hubspot","kind":"status","status":\#(status),"count":2}"#, puente)

            for number in 0..<5 {
                try await puente.customer("3460011122\(number)", writes: "hola \(number)")
            }

            try await puente.until("all are recorded", within: .seconds(60)) {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 5
            }
            #expect(try await activities(puente) == 5)
        }
    }

    @Test(arguments: ["hubspot", "own"], [503, 500])
    func `a CRM that fails for longer than all attempts take gets everything afterwards`(
        crm: String, status: Int
    ) async throws {
        var options = Installation.Options()
        options.crm = crm
        options.adjustPlan = { $0.crm.policy = RetryPolicy(waits: [.milliseconds(100), .milliseconds(200)]) }
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", writes: "antes")
            let recorded = "SELECT COUNT(*) FROM activity WHERE state = 'recorded'"
            try await puente.until("it works") { try await puente.count(recorded) == 1 }
            try await set(#"{"target":"\#(crm)","kind":"status","status":\#(status)}"#, puente)

            for number in 0..<5 {
                try await puente.customer("3460011122\(number)", writes: "hola \(number)")
            }
            // Ten times what all attempts of a message take.
            try await Task.sleep(for: .seconds(3))
            #expect(try await puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0)
            let answer = try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: #"{"faults":[]}"#)
            #expect(answer.status < 300)

            try await puente.until("all are recorded", within: .seconds(30)) { try await puente.count(recorded) == 6 }
            let path = "\(puente.sandbox)/sandbox/crm/\(crm)/activities"
            #expect(try await puente.call("GET", path).json(Listing.self).data.count == 6)
            #expect(try await puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0)
        }
    }

    @Test(arguments: [
        #""kind":"graph_code","code":2"#, #""kind":"status","status":503,"body":"busy","retry_after":1"#,
    ])
    func `Meta that turns sends down for longer than all attempts take gets each message once`(
        fault: String
    ) async throws {
        var options = Installation.Options()
        options.adjustPlan = { $0.sending.policy = RetryPolicy(waits: [.milliseconds(100), .milliseconds(200)]) }
        try await Installation.run(options) { puente async throws in
            for number in 0..<4 { try await puente.customer("3460011122\(number)", writes: "Hola") }
            try await puente.until("all are stored") { try await puente.count("SELECT COUNT(*) FROM message") == 4 }
            try await set(#"{"target":"whatsapp",\#(fault),"path":"messages"}"#, puente)
            let conversations = try await puente.store.database.read(on: .console) { connection in
                try connection.rows("SELECT id FROM conversation", [:]).map {
                    try $0.get("id", as: ConversationID.self)
                }
            }

            for conversation in conversations {
                _ = try await puente.server.parts.accept(
                    MessageCommand(
                        workspace: puente.workspace, target: .conversation(conversation),
                        content: .text(TextContent(body: "Buenas")), author: .api(key: "test")))
            }
            try await Task.sleep(for: .seconds(3))
            #expect(try await puente.count("SELECT COUNT(*) FROM job WHERE state = 'discarded'") == 0)
            _ = try await puente.call("PUT", "\(puente.sandbox)/sandbox/faults", body: #"{"faults":[]}"#)

            try await puente.until("all are sent", within: .seconds(30)) {
                try await puente.count("SELECT COUNT(*) FROM message WHERE is_inbound = 0 AND wamid IS NOT NULL") == 4
            }
            let sent = try await puente.call("GET", "\(puente.sandbox)/sandbox/messages")
            #expect(try sent.json(Listing.self).data.count == 4)
        }
    }

    @Test
    func `an answer lost after Meta acted is settled by the status, and the customer gets one message`() async throws {
        try await Installation.run { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await puente.until("it is stored") { try await puente.count("SELECT COUNT(*) FROM message") == 1 }
            try await set(#"{"target":"whatsapp","kind":"drop_answer","count":1,"path":"messages"}"#, puente)
            let conversation = ConversationID(rawValue: Int64(try await puente.count("SELECT id FROM conversation")))

            let accepted = try await puente.server.parts.accept(
                MessageCommand(
                    workspace: puente.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "una vez")), author: .api(key: "test")))

            try await puente.until("evidence came") {
                try await puente.count(
                    """
                    SELECT COUNT(*) FROM message
                    WHERE id = \(accepted.message.rawValue) AND wamid IS NOT NULL AND status IN ('sent', 'delivered', 'read')
                    """) == 1
            }
            #expect(
                try await puente.count("SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'completed'")
                    == 1)
            let sent = try await puente.call("GET", "\(puente.sandbox)/sandbox/messages")
            #expect(try sent.json(Listing.self).data.count == 1)
        }
    }

    @Test
    func `a dead token pauses the account with an alarm and spends nobody's attempts`() async throws {
        try await Installation.run { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await puente.until("it is stored") { try await puente.count("SELECT COUNT(*) FROM message") == 1 }
            try await set(#"{"target":"whatsapp","kind":"token_death"}"#, puente)
            let conversation = ConversationID(rawValue: Int64(try await puente.count("SELECT id FROM conversation")))

            _ = try await puente.server.parts.accept(
                MessageCommand(
                    workspace: puente.workspace, target: .conversation(conversation),
                    content: .text(TextContent(body: "espera")), author: .api(key: "test")))

            try await puente.until("the alarm is raised") {
                try await puente.count("SELECT COUNT(*) FROM alarm WHERE kind = 'paused' AND cleared_at IS NULL") == 1
            }
            #expect(
                try await puente.count(
                    "SELECT COUNT(*) FROM job WHERE kind = 'whatsapp.send' AND state = 'available' AND attempt = 0")
                    == 1)
        }
    }
}
