import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct StatusTests {
    @Test func `a message is sent, delivered and read, with its callback data and price`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer()
            let sent = try await api.send(["text": ["body": "Hola"], "biz_opaque_callback_data": "job-1"])
            let id = try #require(try sent.json.at("messages/0/id")?.text)

            let statuses = try await receiver.statuses(count: 3)

            #expect(Set(statuses.compactMap { $0["status"]?.text }) == ["sent", "delivered", "read"])
            #expect(statuses.allSatisfy { $0["id"]?.text == id && $0["biz_opaque_callback_data"]?.text == "job-1" })
            #expect(statuses.allSatisfy { $0["recipient_id"]?.text == "34600111222" && $0["conversation"] == nil })
            let priced = statuses.filter { $0["pricing"] != nil }
            #expect(priced.count == 1)
            #expect(priced.first?.at("pricing/category")?.text == "service")
        }
    }

    @Test func `older webhook versions carry the conversation`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            _ = try await api.put("/sandbox/settings", ["webhook_version": "v23.0"])
            try await api.customer()
            _ = try await api.sendText("Hola")

            let statuses = try await receiver.statuses(count: 3)

            #expect(statuses.allSatisfy { $0.at("conversation/id") != nil && $0["pricing"] != nil })
        }
    }

    @Test func `outside the window a text fails later with 131047`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer()
            _ = try await api.post("/sandbox/clock", ["advance_seconds": 86_401])

            let reply = try await api.sendText("Hola")

            #expect(reply.status == 200)
            let statuses = try await receiver.statuses(count: 1)
            #expect(statuses.first?["status"]?.text == "failed")
            #expect(statuses.first?.at("errors/0/code")?.wholeNumber == 131_047)
        }
    }

    @Test func `outside the window a text may be refused at once`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.put("/sandbox/settings", ["window_refusal": "answer"])

            let reply = try await api.sendText("Hola")

            #expect(reply.status == 400)
            #expect(try reply.json.at("error/code")?.wholeNumber == 131_047)
        }
    }

    @Test func `a number without WhatsApp fails`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["text": "Hola", "on_whatsapp": false])
            _ = try await api.sendText("Hola")

            let status = try #require(try await receiver.statuses(count: 1).first)

            #expect(status.at("errors/0/code")?.wholeNumber == 131_026)
        }
    }

    @Test func `who stopped marketing gets utility but no marketing`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer()
            let stop = try await api.post("/sandbox/customers/34600111222/preferences", ["marketing": "stop"])
            #expect(stop.status == 200)
            _ = try await api.send([
                "type": "template",
                "template": [
                    "name": "oferta_temporada", "language": ["code": "es"],
                    "components": [
                        [
                            "type": "header",
                            "parameters": [["type": "image", "image": ["link": "https://x.example/a.jpg"]]],
                        ],
                        [
                            "type": "body",
                            "parameters": [["type": "text", "text": "Ana"], ["type": "text", "text": "20 %"]],
                        ],
                    ],
                ],
            ])

            let status = try #require(try await receiver.statuses(count: 1).first)

            #expect(status.at("errors/0/code")?.wholeNumber == 131_050)
            let changes = try await receiver.changes(count: 3)
            let preference = changes.first { $0["field"]?.text == "user_preferences" }
            #expect(preference?.at("value/user_preferences/0/value")?.text == "stop")
        }
    }

    @Test func `a status can be forced, out of order too`() async throws {
        try await TestSandbox.runWithReceiver({ $0.statuses.sent = .seconds(600) ... .seconds(600) }) {
            api, receiver, _ in
            try await api.customer()
            let id = try #require(try await api.sendText("Hola").json.at("messages/0/id"))

            for status in ["read", "delivered", "sent"] {
                _ = try await api.post("/sandbox/statuses", ["message_id": id, "status": JSON(status)])
            }

            #expect(try await receiver.statuses(count: 3).count == 3)
            let message = try #require(try await api.get("/sandbox/messages").json.at("data/0"))
            #expect(message["status"]?.text == "read")
        }
    }

    @Test func `a message to a user id names no phone in its statuses`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let written = try await api.customer(writes: ["text": "Hola", "identity": "username"]).json
            let userID = try #require(written.at("customer/user_id")?.text)
            _ = try await api.send(["recipient": JSON(userID), "text": ["body": "Hola"]])

            let statuses = try await receiver.statuses(count: 3)

            #expect(statuses.allSatisfy { $0["recipient_id"] == nil && $0["recipient_user_id"]?.text == userID })
        }
    }
}
