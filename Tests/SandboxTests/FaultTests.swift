import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct FaultTests {
    private static func set(_ api: TestAPI, _ faults: JSON...) async throws {
        let reply = try await api.put("/sandbox/faults", ["faults": .array(faults)])
        #expect(reply.status == 200, "\(reply.text)")
    }

    @Test func `a status is answered as often as asked, as a page that is not JSON`() async throws {
        try await TestSandbox.run { api in
            try await api.customer()
            try await Self.set(
                api, ["target": "whatsapp", "kind": "status", "status": 503, "count": 2, "retry_after": 7])

            let statuses = [try await api.sendText("a"), try await api.sendText("b"), try await api.sendText("c")]

            #expect(statuses.map(\.status) == [503, 503, 200])
            #expect(statuses[0].header("retry-after") == "7")
            #expect(throws: JSONSyntaxError.self) { try statuses[0].json }
            #expect(try await api.get("/sandbox/faults").json.at("faults/0/hits")?.wholeNumber == 2)
            #expect(try await api.summary().at("whatsapp/accepted")?.wholeNumber == 1)
        }
    }

    @Test func `a Graph code is answered in Meta's envelope`() async throws {
        try await TestSandbox.run { api in
            try await Self.set(api, ["target": "whatsapp", "kind": "graph_code", "code": 131_016])

            let reply = try await api.sendText("a")

            #expect(reply.status == 500)
            #expect(try reply.json.at("error/code")?.wholeNumber == 131_016)
            #expect(try reply.json.at("error/is_transient")?.flag == true)
        }
    }

    @Test(arguments: ["/v25.0/106540352242922", "/hubspot/account-info/v3/details"])
    func `a token dies and lives again`(path: String) async throws {
        try await TestSandbox.run { api in
            let target: JSON = path.hasPrefix("/hubspot") ? "hubspot" : "whatsapp"
            try await Self.set(api, ["target": target, "kind": "token_death"])
            let dead = try await api.get(path)
            try await Self.set(api)
            let alive = try await api.get(path)

            #expect(dead.status == 401)
            #expect(alive.status == 200)
        }
    }

    @Test func `a dropped answer acted, a dropped request did not`() async throws {
        try await TestSandbox.run { api in
            try await api.customer()
            try await Self.set(api, ["target": "whatsapp", "kind": "drop_answer", "count": 1])
            await #expect(throws: (any Error).self) { try await api.sendText("acted") }
            try await Self.set(api, ["target": "whatsapp", "kind": "drop_request", "count": 1])
            await #expect(throws: (any Error).self) { try await api.sendText("not acted") }

            let messages = try await api.get("/sandbox/messages").json["data"]?.items ?? []

            #expect(messages.map { $0.at("content/body")?.text } == ["acted"])
        }
    }

    @Test func `half an answer is not JSON, yet it acted`() async throws {
        try await TestSandbox.run { api in
            try await api.customer()
            try await Self.set(api, ["target": "whatsapp", "kind": "truncate", "count": 1])

            let reply = try await api.sendText("a")

            #expect(reply.status == 200)
            #expect(throws: JSONSyntaxError.self) { try reply.json }
            #expect(try await api.summary().at("whatsapp/accepted")?.wholeNumber == 1)
        }
    }

    @Test func `faults keep to their path, method and share`() async throws {
        try await TestSandbox.run { api in
            try await Self.set(
                api, ["target": "hubspot", "kind": "status", "status": 500, "path": "search", "method": "POST"],
                ["target": "whatsapp", "kind": "status", "share": 0])

            let search = try await api.post(TestAPI.contacts + "/search", ["filterGroups": []])
            let list = try await api.get(TestAPI.contacts)
            let number = try await api.get(TestAPI.number)

            #expect([search, list, number].map(\.status) == [500, 200, 200])
        }
    }

    @Test func `webhooks are doubled, delayed and lost on demand`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await Self.set(api, ["target": "webhooks", "kind": "drop_request", "count": 1])
            try await api.customer(writes: ["text": "lost"])
            try await Self.set(api, ["target": "webhooks", "kind": "duplicate"])
            try await api.customer(writes: ["text": "twice"])

            let texts = try await receiver.changes(count: 2).map { $0.at("value/messages/0/text/body")?.text }

            #expect(texts == ["twice", "twice"])
            #expect(try await api.summary().at("webhooks/lost_by_faults")?.wholeNumber == 1)
        }
    }

    @Test func `webhooks overtake each other on demand`() async throws {
        try await TestSandbox.runWithReceiver({ $0.webhooks.connections = 1 }) { api, receiver, _ in
            try await Self.set(api, ["target": "webhooks", "kind": "reorder", "milliseconds": 300])
            let messages = (0..<30).map { ["text": JSON("\($0)")] as JSON }
            try await api.customer(writes: ["messages": .array(messages)])

            let texts = try await receiver.changes(count: 30).compactMap { $0.at("value/messages/0/text/body")?.text }

            #expect(Set(texts) == Set((0..<30).map { "\($0)" }))
            #expect(texts != (0..<30).map { "\($0)" })
        }
    }

    @Test func `a wrong fault is refused with a sentence`() async throws {
        try await TestSandbox.run { api in
            for (body, word) in [
                (["faults": [["target": "meta", "kind": "status"]]], "whatsapp"),
                (["faults": [["target": "whatsapp", "kind": "explode"]]], "drop_answer"),
                (["faults": [["target": "whatsapp", "kind": "delay", "seconds": 1]]], "milliseconds"),
                (["faults": [["target": "whatsapp", "kind": "status", "share": 2]]], "share"),
                (["vendor_limits": "yes"], "vendor_limits"), (["fautls": []], "faults"),
            ] as [(JSON, String)] {
                let reply = try await api.put("/sandbox/faults", body)

                #expect(reply.status == 400)
                #expect(try reply.json["detail"]?.text?.contains(word) == true, "\(reply.text)")
            }
        }
    }

    @Test func `vendor limits are switched one by one`() async throws {
        try await TestSandbox.run { api in
            let on = try await api.put("/sandbox/faults", ["vendor_limits": true]).json
            let mixed = try await api.put("/sandbox/faults", ["vendor_limits": ["hubspot": false]]).json

            #expect(on.at("vendor_limits/whatsapp")?.flag == true)
            #expect(mixed.at("vendor_limits/whatsapp")?.flag == true)
            #expect(mixed.at("vendor_limits/hubspot")?.flag == false)
        }
    }
}
