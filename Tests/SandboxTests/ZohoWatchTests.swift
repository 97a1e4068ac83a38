import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct ZohoWatchTests {
    private static func channel(_ url: String, id: String = "1000000068001", seconds: Double = 3600) -> JSON {
        let expiry = Int64((Date().timeIntervalSince1970 + seconds) * 1000)
        return [
            "watch": [
                [
                    "channel_id": JSON(id), "events": ["Contacts.create", "Contacts.edit", "Contacts.delete"],
                    "channel_expiry": JSON(ZohoTime.text(expiry)), "token": "tenant7.k3Zq", "notify_url": JSON(url),
                    "return_affected_field_values": true,
                ]
            ]
        ]
    }

    @Test func `changes are told with channel and token, and without a signature`() async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            try await TestSandbox.runZoho { zoho, api in
                let opened = try await zoho.post("/actions/watch", Self.channel(address + "/webhooks/crm/zoho"))
                #expect(opened.status == 201)
                #expect(try opened.json.at("watch/0/details/events/0/resource_name")?.text == "Contacts")

                let id = try await zoho.contact()
                _ = await receiver.posts(count: 1)
                _ = try await api.call(
                    "PATCH", "/sandbox/crm/zoho/contacts/\(id)", ["fields": ["Mobile": "+34600111222"]])
                _ = await receiver.posts(count: 2)
                _ = try await zoho.call("DELETE", "/Contacts/\(id)")
                let posts = await receiver.posts(count: 3)

                let bodies = try posts.map { try $0.json }
                #expect(bodies.map { $0["operation"]?.text } == ["insert", "update", "delete"])
                #expect(bodies.allSatisfy { $0["token"]?.text == "tenant7.k3Zq" && $0["ids"] == [JSON(id)] })
                #expect(bodies[1]["affected_fields"] == [[id: ["Mobile"]]])
                #expect(bodies[1].at("affected_values/0/values/Mobile")?.text == "+34600111222")
                #expect(posts.allSatisfy { !"\($0.headers)".lowercased().contains("signature") })
            }
        }
    }

    @Test func `a channel lapses in silence, and cannot be renewed then`() async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            try await TestSandbox.runZoho { zoho, api in
                let channel = Self.channel(address + "/a")
                let unknown = try await zoho.put("/actions/watch", channel)
                _ = try await zoho.post("/actions/watch", channel)
                let twice = try await zoho.post("/actions/watch", channel)
                let renewed = try await zoho.put("/actions/watch", channel)
                let listed = try await zoho.get("/actions/watch?channel_id=1000000068001&module=Contacts")
                _ = try await api.post("/sandbox/clock", ["advance_seconds": 3700])
                _ = try await zoho.contact()
                let gone = try await zoho.get("/actions/watch?channel_id=1000000068001")
                let late = try await zoho.put("/actions/watch", channel)

                #expect(try unknown.json.at("watch/0/code")?.text == "NOT_SUBSCRIBED")
                #expect(try twice.json.at("watch/0/code")?.text == "ALREADY_USED")
                #expect(renewed.status == 200)
                #expect(listed.status == 200)
                #expect(gone.status == 204)
                #expect(late.status == 400)
                #expect(receiver.posts.isEmpty)
            }
        }
    }

    @Test func `more than a week is an hour, and wrong channels are refused`() async throws {
        try await TestSandbox.runZoho { zoho, api in
            let long = try await zoho.post("/actions/watch", Self.channel("http://127.0.0.1:9/x", seconds: 8 * 86_400))
            let expiry = try #require(try long.json.at("watch/0/details/events/0/channel_expiry")?.text)
            let left = (ZohoTime.milliseconds(expiry) ?? 0) - Int64(Date().timeIntervalSince1970 * 1000)
            #expect((3_500_000...3_610_000).contains(left))

            for (key, value) in [
                ("channel_id", "x"), ("notify_url", "ftp://x"), ("token", JSON(String(repeating: "x", count: 51))),
                ("events", ["Contacts.burn"]),
            ] as [(String, JSON)] {
                var row = Self.channel("http://127.0.0.1:9/x", id: "2").at("watch/0") ?? [:]
                row[key] = value
                #expect(try await zoho.post("/actions/watch", ["watch": [row]]).status == 400)
            }
            let ended = try await zoho.call("DELETE", "/actions/watch?channel_ids=1000000068001")
            let again = try await zoho.call("DELETE", "/actions/watch?channel_ids=1000000068001")
            #expect(ended.status == 200)
            #expect(again.status == 400)
        }
    }
}
