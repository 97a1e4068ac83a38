import Crypto
import Foundation
import Testing

@testable import Sandbox

@Suite(.timeLimit(.minutes(1))) struct DeliveryTests {
    @Test func `webhooks are signed over their raw bytes`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            try await api.customer(writes: ["text": "¿Qué tal? 😀"])

            let post = try #require(await receiver.posts(count: 1).first)

            let key = SymmetricKey(data: Data("sandbox-secret".utf8))
            let mac = HMAC<SHA256>.authenticationCode(for: post.bytes, using: key)
            let hex = mac.map { String(format: "%02x", $0) }.joined()
            #expect(post.header("X-Hub-Signature-256") == "sha256=\(hex)")
            #expect(post.header("content-type") == "application/json")
            #expect(post.path == "/webhooks/whatsapp")
            #expect(try post.json["object"]?.text == "whatsapp_business_account")
            #expect(post.bytes.allSatisfy { $0 < 0x80 })
            #expect(try post.changes.first?.at("value/messages/0/text/body")?.text == "¿Qué tal? 😀")
        }
    }

    @Test func `what was refused comes again, the same bytes`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            receiver.answer([500, 503])

            try await api.customer()

            let posts = await receiver.posts(count: 3)
            #expect(Set(posts.map { $0.text }).count == 1)
            #expect(Set(posts.map { $0.header("X-Hub-Signature-256") }).count == 1)
        }
    }

    @Test func `every callback gets everything`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, address in
            _ = try await api.put(
                "/sandbox/callbacks", ["whatsapp": [JSON(address + "/one"), JSON(address + "/two")]])

            try await api.customer()

            #expect(Set(await receiver.posts(count: 2).map(\.path)) == ["/one", "/two"])
        }
    }

    @Test func `under load many updates share a post and none is lost`() async throws {
        try await TestSandbox.runWithReceiver({ $0.webhooks.connections = 2 }) { api, receiver, _ in
            for batch in 0..<5 {
                let messages = (0..<200).map { ["text": JSON("\(batch * 200 + $0)")] as JSON }
                try await api.customer(writes: ["messages": .array(messages)])
            }

            let changes = try await receiver.changes(count: 1000)

            let texts = changes.compactMap { $0.at("value/messages/0/text/body")?.text }
            #expect(Set(texts) == Set((0..<1000).map { "\($0)" }))
            #expect(texts.count == 1000)
            #expect(receiver.posts.count < 1000)
        }
    }

    @Test func `a full queue refuses and says so`() async throws {
        try await CallbackReceiver.withRunning { receiver, address in
            try await TestSandbox.run {
                $0.webhooks.queueCapacity = 5
                $0.webhooks.connections = 1
                // Nobody listens there: nothing leaves the queue.
                $0.callbacks = [SandboxCallback(sender: .whatsapp, url: "http://127.0.0.1:1/")]
                $0.webhooks.retryDelays = [.seconds(3600)]
            } _: { api in
                var last = 0
                for _ in 0..<6 { last = try await api.customer().status }

                #expect(last == 503)
                let summary = try await api.summary()
                #expect(summary.at("webhooks/callbacks/0/refused_updates")?.wholeNumber == 1)
                #expect(summary.at("webhooks/callbacks/0/waiting")?.wholeNumber == 5)
            }
        }
    }

    @Test func `a raw body goes out as it is, signed, and its answer comes back`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            receiver.answer([413])

            let reply = try await api.raw(
                "POST", "/sandbox/webhooks?wait=1", text: "{ \"object\" : 1 }")

            #expect(try reply.json.at("data/0/status")?.wholeNumber == 413)
            let post = try #require(receiver.posts.first)
            #expect(post.text == "{ \"object\" : 1 }")
            #expect(post.header("X-Hub-Signature-256")?.hasPrefix("sha256=") == true)
        }
    }

    @Test func `a signature can be spoilt`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            for query in ["?wait=1", "?wait=1&signature=wrong"] {
                _ = try await api.raw("POST", "/sandbox/webhooks" + query, text: "{}")
            }

            #expect(Set(receiver.posts.map { $0.header("X-Hub-Signature-256") }).count == 2)
        }
    }

    @Test func `callbacks are verified as Meta does`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            let reply = try await api.post("/sandbox/callbacks/verify")

            #expect(try reply.json.at("data/0/verified")?.flag == true)
            let request = try #require(receiver.posts.first)
            #expect(request.method == "GET")
            #expect(request.query.contains("hub.mode=subscribe"))
            #expect(request.query.contains("hub.verify_token=sandbox-verify"))
        }
    }

    @Test func `without a subscription nothing is sent`() async throws {
        try await TestSandbox.runWithReceiver { api, receiver, _ in
            _ = try await api.call("DELETE", TestAPI.waba + "/subscribed_apps", nil)
            try await api.customer()
            _ = try await api.post(TestAPI.waba + "/subscribed_apps")
            try await api.customer(writes: ["text": "second"])

            let changes = try await receiver.changes(count: 1)

            #expect(changes.map { $0.at("value/messages/0/text/body")?.text } == ["second"])
        }
    }

    @Test(
        arguments: [
            ("http://127.0.0.1:8080/webhooks/whatsapp", SandboxCallback.Sender.whatsapp),
            ("http://127.0.0.1:8080/webhooks/crm/hubspot", .hubspot), ("http://h/webhooks/crm/own", .own),
            ("own=https://h.example/anything", .own), ("hubspot=http://h/x", .hubspot),
        ])
    func `a callback's kind follows from its address or its prefix`(text: String, sender: SandboxCallback.Sender) {
        #expect(SandboxCallback(text)?.sender == sender)
        #expect(SandboxCallback(text)?.url.hasPrefix("http") == true)
    }

    @Test(arguments: ["", "ftp://h/x", "localhost:8080", "own=", "http://"])
    func `what is no web address is no callback`(text: String) {
        #expect(SandboxCallback(text) == nil)
    }
}
