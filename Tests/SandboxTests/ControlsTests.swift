import Foundation
import Logging
import ServiceLifecycle
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct ControlsTests {
    @Test func `everything starts again`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer()
            _ = try await api.sendText("Hola")
            _ = try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]])
            _ = try await api.put("/sandbox/faults", ["faults": [["target": "own", "kind": "status"]]])
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 3600])

            #expect(try await api.call("DELETE", "/sandbox", nil).status == 204)

            let summary = try await api.summary()
            #expect(summary.at("whatsapp/inbound")?.wholeNumber == 0)
            #expect(summary.at("whatsapp/accepted")?.wholeNumber == 0)
            #expect(summary.at("hubspot/contacts")?.wholeNumber == 0)
            #expect(summary.at("faults/faults")?.items?.isEmpty == true)
            #expect(try await api.get("/sandbox/clock").json["advanced_milliseconds"]?.wholeNumber == 0)
            let before = receiver.posts.count
            try await api.customer()
            #expect(await receiver.posts(count: before + 1).count > before)
        }
    }

    @Test func `settings are read and changed`() async throws {
        try await TestSandbox.run { api in
            let reply = try await api.put(
                "/sandbox/settings",
                ["status_delays": ["sent": [5, 10]], "read_share": 0.5, "template_review_milliseconds": 7])
            let wrong = try await api.put("/sandbox/settings", ["speed": 3])

            #expect(try reply.json.at("status_delays/sent") == [5, 10])
            #expect(try reply.json["read_share"]?.decimal == 0.5)
            #expect(try reply.json["template_review_milliseconds"]?.wholeNumber == 7)
            #expect(wrong.status == 400)
        }
    }

    @Test func `a load makes as many messages as planned, from as many people`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let reply = try await api.post("/sandbox/load", ["rate": 500, "seconds": 1, "contacts": 40])
            let second = try await api.post("/sandbox/load", ["rate": 1])

            #expect(reply.status == 202)
            #expect(second.status == 409)
            let changes = try await receiver.changes(count: 500)
            let senders = Set(changes.compactMap { $0.at("value/messages/0/from")?.text })
            #expect(changes.count == 500)
            #expect(senders.count == 40)
            #expect(Set(changes.compactMap { $0.at("value/messages/0/id")?.text }).count == 500)
        }
    }

    @Test(arguments: [["rate": 0], ["rate": 1_000_000], ["seconds": 86_400], ["contacts": -1]] as [JSON])
    func `a load has bounds`(body: JSON) async throws {
        try await TestSandbox.run { api in
            let reply = try await api.post("/sandbox/load", body)

            #expect(reply.status == 400)
        }
    }

    @Test func `what was sent is listed page by page`() async throws {
        try await TestSandbox.run { api in
            try await api.customer()
            for index in 0..<5 { _ = try await api.sendText("\(index)") }

            let first = try await api.get("/sandbox/messages?limit=3").json
            let next = try #require(first["next"]?.wholeNumber)
            let second = try await api.get("/sandbox/messages?limit=3&after=\(next)").json

            let texts = [first, second].flatMap { $0["data"]?.items ?? [] }.map { $0.at("content/body")?.text }
            #expect(texts == ["0", "1", "2", "3", "4"])
            #expect(second["next"]?.isNull == true)
        }
    }

    @Test func `a port that is taken is an error, also for who waits for it`() async throws {
        try await TestSandbox.run { api in
            var configuration = TestSandbox.configuration
            configuration.port = try #require(URLComponents(string: api.base)?.port)
            let second = SandboxServer(configuration: configuration, logger: TestSandbox.quiet)

            await #expect(throws: (any Error).self) { try await second.run() }
            await #expect(throws: SandboxError.notListening) { try await second.port }
        }
    }

    @Test func `it ends with its service group`() async throws {
        let server = SandboxServer(configuration: TestSandbox.configuration, logger: TestSandbox.quiet)
        let services = ServiceGroup(
            configuration: .init(services: [server], logger: TestSandbox.quiet))

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            let api = TestAPI(base: try await server.baseURL)
            #expect(try await api.get("/sandbox").status == 200)
            await services.triggerGracefulShutdown()
            try await group.waitForAll()
        }

        await #expect(throws: SandboxError.notListening) { try await server.port }
    }
}
