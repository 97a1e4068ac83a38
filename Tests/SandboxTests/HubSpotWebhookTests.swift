import Crypto
import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct HubSpotWebhookTests {
    private static func run(
        _ body: @escaping @Sendable (TestAPI, CallbackReceiver, String) async throws -> Void
    ) async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            let url = address + "/webhooks/crm/hubspot"
            try await TestSandbox.run {
                $0.callbacks = [SandboxCallback(sender: .hubspot, url: url)]
            } _: { api in
                try await body(api, receiver, url)
            }
        }
    }

    private static func events(_ receiver: CallbackReceiver, count: Int) async throws -> [JSON] {
        // A body that is no array has no events; the test then waits for what never comes and fails.
        try await receiver.posts { posts in
            posts.reduce(0) { $0 + ((try? $1.json.items?.count) ?? 0) } >= count
        }.flatMap { try $0.json.items ?? [] }
    }

    @Test func `a person's change and our own write are told apart`() async throws {
        try await Self.run { api, receiver, _ in
            let id = try #require(
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]]).json["id"]?.text)
            _ = try await api.call(
                "PATCH", "/sandbox/crm/hubspot/contacts/\(id)", ["properties": ["lastname": "López"]])

            let events = try await Self.events(receiver, count: 2)

            let creation = try #require(events.first { $0["subscriptionType"]?.text == "contact.creation" })
            #expect(creation["changeSource"]?.text == "INTEGRATION")
            #expect(creation["sourceId"]?.text == "54321")
            let change = try #require(events.first { $0["subscriptionType"]?.text == "contact.propertyChange" })
            #expect(change["propertyName"]?.text == "lastname")
            #expect(change["propertyValue"]?.text == "López")
            #expect(change["changeSource"]?.text == "CRM_UI")
            #expect(change["objectId"]?.identifier == id)
        }
    }

    @Test func `events are signed with version 3 over method, address, body and time`() async throws {
        try await Self.run { api, receiver, url in
            _ = try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]])

            let post = try #require(await receiver.posts(count: 1).first)

            let time = try #require(post.header("X-HubSpot-Request-Timestamp"))
            let signed = Data("POST\(url)".utf8) + post.bytes + Data(time.utf8)
            let mac = HMAC<SHA256>.authenticationCode(
                for: signed, using: SymmetricKey(data: Data("sandbox-secret".utf8)))
            #expect(post.header("X-HubSpot-Signature-v3") == Data(mac).base64EncodedString())
        }
    }

    @Test func `an event that was refused comes again as the next attempt`() async throws {
        try await Self.run { api, receiver, _ in
            receiver.answer([500])
            _ = try await api.post(TestAPI.contacts, ["properties": ["firstname": "Ana"]])

            let events = try await Self.events(receiver, count: 2)

            #expect(events.map { $0["attemptNumber"]?.wholeNumber } == [0, 1])
            #expect(events[0]["eventId"] == events[1]["eventId"])
        }
    }

    @Test func `deletions and merges are told`() async throws {
        try await Self.run { api, receiver, _ in
            let ids = try await (0..<3).asyncMap { _ in
                try await api.post(TestAPI.contacts, ["properties": ["firstname": "x"]]).json["id"] ?? .null
            }
            _ = try await api.post("/sandbox/crm/hubspot/merge", ["primary": ids[0], "other": ids[1]])
            _ = try await api.call("DELETE", "/sandbox/crm/hubspot/contacts/\(ids[2].text ?? "")", nil)

            let events = try await Self.events(receiver, count: 5)

            let merge = try #require(events.first { $0["subscriptionType"]?.text == "contact.merge" })
            #expect(merge["primaryObjectId"]?.identifier == ids[0].text)
            #expect(merge["newObjectId"] != nil)
            #expect(
                events.contains {
                    $0["subscriptionType"]?.text == "contact.deletion" && $0["objectId"]?.identifier == ids[2].text
                })
        }
    }

    @Test func `a workflow action calls with version 2`() async throws {
        try await Self.run { api, receiver, url in
            let reply = try await api.post(
                "/sandbox/crm/hubspot/commands", ["contact_id": 512, "fields": ["message": "Hola"]])

            #expect(reply.status == 202)
            let post = try #require(await receiver.posts(count: 1).first)
            #expect(try post.json.at("object/objectId")?.wholeNumber == 512)
            #expect(try post.json.at("inputFields/message")?.text == "Hola")
            #expect(try post.json["callbackId"] == (try reply.json["id"]))
            let hash = SHA256.hash(data: Data("sandbox-secretPOST\(url)".utf8) + post.bytes)
            #expect(post.header("X-HubSpot-Signature") == hash.map { String(format: "%02x", $0) }.joined())
            #expect(post.header("X-HubSpot-Signature-v3") == nil)
        }
    }
}
