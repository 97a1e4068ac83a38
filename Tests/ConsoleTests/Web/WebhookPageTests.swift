import Domain
import HTTPTypes
import Store
import Testing

@testable import Console

struct WebhookPageTests {
    private static func form(_ url: String, _ types: [WebhookEventType] = [.messageReceived]) -> [(String, String)] {
        [("url", url), ("description", "CRM")] + types.map { ("type", $0.rawValue) }
    }

    @Test func `a webhook is made with its secret shown once, tried, switched and deleted`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            #expect(try await browser.get("/hooks").text.contains("Nobody is told yet"))

            let made = try await browser.submit("/hooks", Self.form("https://crm.example.com/x"), from: "/hooks/new")
            #expect(made.status == .ok)
            #expect(made.text.contains("whsec_"))
            let webhook = try #require(try await world.store.webhookEndpoints(in: world.workspace).first)
            let path = "/hooks/\(webhook.id)"
            #expect(try await browser.get(path).text.contains("whsec_") == false)

            #expect(try await browser.submit("\(path)/tests", from: path).location == path)
            #expect(try await browser.get(path).text.contains("The test is on its way"))
            let delivery = try #require(
                try await world.store.webhookDeliveries(of: webhook.id, in: world.workspace).items.first)
            #expect(
                try await browser.submit("\(path)/deliveries/\(delivery.id)/replays", from: path).location == path)

            let rotated = try await browser.submit("\(path)/secret-rotations", from: path)
            #expect(rotated.text.contains("whsec_") && rotated.text.contains("signs as well until"))

            _ = try await browser.submit("\(path)/switches", [("to", "off")], from: path)
            #expect(
                try await world.store.webhookEndpoint(webhook.id, in: world.workspace)?.offReason == .person)
            _ = try await browser.submit("\(path)/switches", [("to", "on")], from: path)
            #expect(try await browser.submit("\(path)/replays", from: path).location == path)

            #expect(try await browser.submit("\(path)/deletions", from: path).location == "/hooks")
            #expect(try await browser.get("/hooks").text.contains("The webhook is deleted."))
        }
    }

    @Test func `a mistake stands beside its field, and what was written stays`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()

            let address = try await browser.submit("/hooks", Self.form("http://10.0.0.1"), from: "/hooks/new")
            #expect(address.status == .unprocessableContent)
            #expect(address.text.contains("id=\"webhook-url-error\"") && address.text.contains("http://10.0.0.1"))
            let types = try await browser.submit("/hooks", Self.form("https://x.example.com", []), from: "/hooks/new")
            #expect(types.status == .unprocessableContent)
            #expect(types.text.contains("id=\"webhook-types-error\""))
            #expect(try await world.store.webhookEndpoints(in: world.workspace).isEmpty)
        }
    }
}
