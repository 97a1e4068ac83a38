import Domain
import Foundation
import Store
import Testing

@testable import puente

/// What the company's own system tells us, and what it is told.
@Suite(.serialized)
struct OwnEventTests {
    private struct Results: Decodable {
        struct Item: Decodable {
            struct Fault: Decodable {
                let code: String
                let message: String
            }
            let status: String
            let error: Fault?
        }
        let results: [Item]
    }

    /// A customer has written, and the own system has the message.
    private func withCustomer(_ body: @escaping @Sendable (Installation) async throws -> Void) async throws {
        var options = Installation.Options()
        options.crm = "own"
        try await Installation.run(options) { puente async throws in
            try await puente.customer("34600111222", writes: "Hola")
            try await puente.until("the message is recorded") {
                try await puente.count("SELECT COUNT(*) FROM activity WHERE state = 'recorded'") == 1
            }
            try await body(puente)
        }
    }

    @Test
    func `of a batch each event has its own outcome, and none is carried out twice`() async throws {
        try await withCustomer { puente async throws in
            let batch = """
                {"type":"batch","data":[
                {"id":"e1","type":"message.send","data":{"to":"+34600111222","text":"uno"}},
                {"id":"e2","type":"message.send","data":{"to":"+34600111222"}},
                {"id":"e3","type":"message.send","data":{"to":"+34600999888","text":"sin ventana"}},
                {"id":"e4","type":"message.send","data":{"to":"+34600111222","text":"dos"}}]}
                """
            for _ in 0..<2 {
                let answer = try await puente.postOwnEvent(batch, id: "b1")
                #expect(answer.status == 422)
                let results = try answer.json(Results.self).results
                #expect(results.map(\.status) == ["ok", "failed", "failed", "ok"])
                #expect(results.map { $0.error?.code } == [nil, "content", "outside_service_window", nil])
            }

            #expect(try await puente.count("SELECT COUNT(*) FROM message WHERE is_inbound = 0") == 2)
        }
    }

    @Test
    func `a batch of which all is carried out is answered as before`() async throws {
        try await withCustomer { puente async throws in
            let batch = """
                {"type":"batch","data":[
                {"id":"e1","type":"message.send","data":{"to":"+34600111222","text":"uno"}},
                {"id":"e2","type":"order.created","data":{}}]}
                """
            #expect(try await puente.postOwnEvent(batch, id: "b1").status == 200)
        }
    }

    @Test
    func `why an event was refused is said in the language of the company`() async throws {
        var options = Installation.Options()
        options.crm = "own"
        options.adjustPlan = { $0.language = .spanish }
        try await Installation.run(options) { puente async throws in
            let empty = #"{"type":"message.send","data":{"to":"+34600111222"}}"#
            let answer = try await puente.postOwnEvent(empty, id: "1")
            #expect(answer.status == 400)
            #expect(answer.body.contains("Indique qué escribir"))

            let late = #"{"type":"message.send","data":{"to":"+34600111222","text":"Hola"}}"#
            let refusal = try await puente.postOwnEvent(late, id: "2")
            #expect(refusal.status == 422)
            #expect(refusal.body.contains("Envíe una plantilla aprobada"))

            let batch = try await puente.postOwnEvent(#"{"type":"batch","data":[\#(empty),\#(late)]}"#, id: "3")
            let results = try batch.json(Results.self).results
            #expect(results.first?.error?.message.contains("Indique qué escribir") == true)
            #expect(results.last?.error?.message.contains("Envíe una plantilla aprobada") == true)
        }
    }

    @Test
    func `a contact that was merged lives on in its survivor`() async throws {
        try await withCustomer { puente async throws in
            let link = {
                try await puente.store.database.read(on: .console) {
                    try $0.value("SELECT remote_id FROM remote_ref", as: String.self)
                }
            }
            let former = try #require(try await link())
            let event = #"{"type":"contact.merged","data":{"merged_ids":["\#(former)","8"],"into":"9"}}"#
            #expect(try await puente.postOwnEvent(event, id: "m1").status == 200)
            #expect(try await link() == "9")
        }
    }
}
