import Crypto
import Foundation
import NIOCore
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct OwnSystemTests {
    private static let key = SymmetricKey(data: Data("sandbox-own-system-secret".utf8))

    private static func post(
        _ api: TestAPI, _ body: JSON, id: String = "evt_1", age: TimeInterval = 0, key: SymmetricKey = key
    ) async throws -> TestAPI.Reply {
        let bytes = JSONWriter.bytes(body)
        let time = String(Int(Date().timeIntervalSince1970 - age))
        let mac = HMAC<SHA256>.authenticationCode(for: Data("\(id).\(time).".utf8) + Data(bytes), using: key)
        return try await api.raw(
            "POST", "/own/events", ByteBuffer(bytes: bytes),
            [
                ("webhook-id", id), ("webhook-timestamp", time),
                ("webhook-signature", "v1,AAAA v1,\(Data(mac).base64EncodedString())"),
            ], token: nil)
    }

    private static func event(_ id: String, _ type: String, _ data: JSON) -> JSON {
        ["id": JSON(id), "type": JSON(type), "timestamp": "2026-11-20T09:30:00Z", "data": data]
    }

    @Test func `an event is taken once, however often it comes`() async throws {
        try await TestSandbox.run { api in
            let event = Self.event("evt_1", "message.received", ["id": "M1", "text": "Hola"])
            for _ in 0..<3 { #expect(try await Self.post(api, event).status == 200) }

            let activities = try await api.get("/sandbox/crm/own/activities").json

            #expect(activities["data"]?.items?.count == 1)
            #expect(activities.at("data/0/recordings")?.wholeNumber == 1)
            #expect(activities.at("data/0/repetitions")?.wholeNumber == 2)
        }
    }

    @Test func `a message recorded by two different events is seen as double`() async throws {
        try await TestSandbox.run { api in
            for id in ["evt_1", "evt_2"] {
                _ = try await Self.post(api, Self.event(id, "message.received", ["id": "M1"]), id: id)
            }

            #expect(try await api.get("/sandbox/crm/own/activities").json.at("data/0/recordings")?.wholeNumber == 2)
        }
    }

    @Test func `a status changes its message`() async throws {
        try await TestSandbox.run { api in
            _ = try await Self.post(api, Self.event("evt_1", "message.sent", ["id": "M1", "status": "sent"]))
            _ = try await Self.post(
                api, Self.event("evt_2", "message.status", ["id": "M1", "status": "read"]), id: "evt_2")

            let activities = try await api.get("/sandbox/crm/own/activities").json

            #expect(activities["data"]?.items?.count == 1)
            #expect(activities.at("data/0/data/status")?.text == "read")
            #expect(activities.at("data/0/recordings")?.wholeNumber == 1)
        }
    }

    @Test(arguments: [false, true])
    func `a batch is answered event by event`(isWrapped: Bool) async throws {
        try await TestSandbox.run { api in
            let events: JSON = [
                Self.event("e1", "contact.upserted", ["id": "C1", "external_id": "crm-9"]),
                ["type": "message.received", "data": [:]], Self.event("e2", "message.received", ["id": "M1"]),
            ]
            let batch: JSON = [
                "type": "batch", "timestamp": "2026-11-20T09:30:00Z", "data": isWrapped ? ["events": events] : events,
            ]

            let results = try #require(try await Self.post(api, batch, id: "b1").json["results"]?.items)

            #expect(results.map { $0["status"]?.text } == ["ok", "failed", "ok"])
            #expect(results[0]["remote_id"]?.text == "crm-9")
            #expect(try await api.get("/sandbox/crm/own/contacts").json["data"]?.items?.count == 1)
        }
    }

    @Test func `items of a batch fail on demand`() async throws {
        try await TestSandbox.run { api in
            _ = try await api.put("/sandbox/faults", ["faults": [["target": "own", "kind": "item_error", "count": 1]]])
            let events = (0..<3).map { Self.event("e\($0)", "message.received", ["id": JSON("M\($0)")]) }

            let reply = try await Self.post(api, ["type": "batch", "data": .array(events)], id: "b1").json

            #expect(reply["results"]?.items?.map { $0["status"]?.text } == ["failed", "ok", "ok"])
            #expect(reply.at("results/0/error/message")?.text?.isEmpty == false)
        }
    }

    @Test func `without a right and fresh signature nothing is taken`() async throws {
        try await TestSandbox.run { api in
            let event = Self.event("evt_1", "message.received", ["id": "M1"])
            let old = try await Self.post(api, event, age: 301)
            let wrong = try await Self.post(api, event, key: SymmetricKey(data: Data("other".utf8)))
            let none = try await api.post("/own/events", event)

            #expect([old, wrong, none].map(\.status) == [401, 401, 401])
            #expect(try await api.summary().at("own/unverified")?.wholeNumber == 3)
            #expect(try await api.get("/sandbox/crm/own/activities").json["data"]?.items?.isEmpty == true)
        }
    }

    @Test func `a test event is taken and not kept`() async throws {
        try await TestSandbox.run { api in
            let reply = try await Self.post(api, Self.event("t", "webhook.test", [:]))

            #expect(reply.status == 200)
            #expect(try await api.get("/sandbox/crm/own/activities").json["data"]?.items?.isEmpty == true)
        }
    }

    @Test func `commands go out signed, again under the same id`() async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            try await TestSandbox.run {
                $0.callbacks = [SandboxCallback(sender: .own, url: address + "/webhooks/crm/own")]
            } _: { api in
                receiver.answer([500])

                let reply = try await api.post(
                    "/sandbox/crm/own/commands",
                    ["type": "message.send", "data": ["to": "+34600111222", "text": "Hola"]])

                #expect(reply.status == 202)
                let posts = await receiver.posts(count: 2)
                #expect(posts[0].header("webhook-id") == posts[1].header("webhook-id"))
                let post = posts[1]
                let signed = "\(post.header("webhook-id") ?? "").\(post.header("webhook-timestamp") ?? "")."
                let mac = HMAC<SHA256>.authenticationCode(
                    for: Data(signed.utf8) + post.bytes, using: Self.key)
                #expect(post.header("webhook-signature") == "v1,\(Data(mac).base64EncodedString())")
                #expect(try post.json["type"]?.text == "message.send")
            }
        }
    }
}
