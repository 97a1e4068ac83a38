import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct InboundTests {
    @Test(
        arguments: [
            ("phone", true, false, false), ("phone_and_bsuid", true, true, false),
            ("username_and_phone", true, true, true),
            ("username", false, true, true),
        ])
    func `a customer shows of themselves what the mode says`(
        mode: String, phone: Bool, userID: Bool, username: Bool
    ) async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["text": "Hola", "identity": JSON(mode), "username": "ana.lopez"])

            let value = try #require(try await receiver.changes(count: 1).first?["value"])

            #expect((value.at("messages/0/from")?.text == "34600111222") == phone)
            #expect((value.at("contacts/0/wa_id")?.text == "34600111222") == phone)
            #expect((value.at("messages/0/from_user_id")?.text?.hasPrefix("ES.") ?? false) == userID)
            #expect((value.at("contacts/0/user_id") != nil) == userID)
            #expect((value.at("contacts/0/profile/username")?.text == "ana.lopez") == username)
        }
    }

    @Test func `a relay may put the user id where the number belongs`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["text": "Hola", "identity": "bsuid_in_from", "parent_user_id": true])

            let value = try #require(try await receiver.changes(count: 1).first?["value"])

            #expect(value.at("messages/0/from") == value.at("messages/0/from_user_id"))
            #expect(value.at("messages/0/from_parent_user_id")?.text?.hasPrefix("ES.ENT.") == true)
        }
    }

    static let messages: [(name: String, body: JSON, type: String, path: String)] = [
        ("shorthand", ["text": "Hola"], "text", "text/body"),
        ("text", ["type": "text", "text": ["body": "Hola"]], "text", "text/body"),
        ("reply", ["text": "Sí", "context": ["from": "15550783881", "id": "wamid.x"]], "text", "context/id"),
        ("image", ["type": "image", "image": ["caption": "Foto"]], "image", "image/sha256"),
        ("voice", ["type": "voice"], "audio", "audio/voice"),
        ("document", ["document": ["filename": "a.pdf"]], "document", "document/id"),
        ("sticker", ["type": "sticker"], "sticker", "sticker/mime_type"),
        ("video", ["type": "video"], "video", "video/url"),
        ("location", ["location": ["latitude": 1.5, "longitude": 2.5]], "location", "location/latitude"),
        ("contacts", ["contacts": [["name": ["formatted_name": "Ana"]]]], "contacts", "contacts/0/name"),
        (
            "button", ["interactive": ["type": "button_reply", "button_reply": ["id": "y", "title": "Sí"]]],
            "interactive", "interactive/button_reply/id"
        ),
        ("reaction", ["reaction": ["message_id": "wamid.x", "emoji": "👍"]], "reaction", "reaction/emoji"),
        (
            "advertisement", ["text": "Info", "referral": ["source_type": "ad", "source_id": "1"]], "text",
            "referral/source_id"
        ),
        ("a kind of tomorrow", ["type": "hologram", "hologram": ["size": 3]], "hologram", "hologram/size"),
    ]

    @Test(arguments: messages)
    func `any kind of message can be written`(name: String, body: JSON, type: String, path: String) async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let reply = try await api.customer(writes: body)

            #expect(reply.status == 201, "\(name): \(reply.text)")
            let message = try #require(try await receiver.changes(count: 1).first?.at("value/messages/0"))
            #expect(message["type"]?.text == type)
            #expect(message.at(path) != nil)
            #expect(message["id"] == (try reply.json["id"]))
        }
    }

    @Test func `a new number comes as a system message with both user ids`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let before = try await api.customer().json

            let reply = try await api.post("/sandbox/customers/34600111222/number", ["new_phone": "+34600999888"])

            #expect(reply.status == 201)
            let message = try #require(try await receiver.message(type: "system"))
            #expect(message["from"]?.text == "34600111222")
            #expect(message.at("system/type")?.text == "user_changed_number")
            #expect(message.at("system/wa_id")?.text == "34600999888")
            #expect(message.at("system/previous_user_id") == before.at("customer/user_id"))
            #expect(message.at("system/user_id") == (try reply.json.at("customer/user_id")))
        }
    }

    @Test func `who shows no number changes the user id`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["text": "Hola", "identity": "username"])

            _ = try await api.post("/sandbox/customers/34600111222/number", ["new_phone": "+34600999888"])

            let message = try #require(try await receiver.message(type: "system"))
            #expect(message.at("system/type")?.text == "user_changed_user_id")
            #expect(message["from"] == nil)
            #expect(message.at("system/wa_id") == nil)
        }
    }

    @Test func `what customers send can be downloaded`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["type": "image"])
            let image = try #require(try await receiver.changes(count: 1).first?.at("value/messages/0/image"))

            let address = try #require(image["url"]?.text)
            let reply = try await api.get(address)

            #expect(reply.status == 200)
            #expect(reply.header("content-type") == "image/jpeg")
            #expect(Array(reply.bytes.prefix(3)) == [0xFF, 0xD8, 0xFF])
        }
    }

    @Test func `wrong requests say what is wrong`() async throws {
        try await TestSandbox.run { api in
            let noNumber = try await api.post("/sandbox/customers/abc/messages", ["text": "Hola"])
            let noType = try await api.post("/sandbox/customers/34600111222/messages", ["foo": 1])
            let noMode = try await api.post("/sandbox/customers/34600111222/messages", ["text": "x", "identity": "?"])
            let nowhere = try await api.get("/sandbox/nothing")

            #expect([noNumber, noType, noMode].allSatisfy { $0.status == 400 })
            #expect(nowhere.status == 404)
            #expect(try noMode.json["detail"]?.text?.contains("phone_and_bsuid") == true)
        }
    }
}
