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
            #expect(try await browser.get(path).text.contains("It is sent now."))

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

    @Test(arguments: [
        (Language.english, "Next attempt today at 18:02", "Next attempt now", "Send now"),
        (.spanish, "Próximo intento hoy a las 18:02", "Próximo intento ahora", "Enviar ahora"),
    ])
    func `what waits says when it is tried next, and is sent now`(
        language: Language, later: String, due: String, button: String
    ) throws {
        let context = try SampleWorld(language).context
        let deliveries = [nil, .hours(1), .zero].map { (wait: Duration?) in
            WebhookDeliveryFacts(
                id: WebhookDeliveryID(rawValue: 8105), type: .messageReceived, state: wait == nil ? .failed : .waiting,
                attempts: 4, at: SampleWorld.now, nextAt: wait.map { SampleWorld.now + $0 })
        }

        let rows = WebhookView(WebhookSamples.webhooks[0], deliveries, in: context).rows
        let off = WebhookView(WebhookSamples.webhooks[2], deliveries, in: context).rows

        #expect(rows.map(\.next) == [nil, later, due])
        #expect(rows.map { $0.replayURL == nil } == [false, false, true])
        #expect(rows[1].replay == button)
        #expect(off.allSatisfy { $0.replayURL == nil })
    }

    @Test func `the parts that are fetched again show what the page would`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit("/hooks", Self.form("https://crm.example.com/x"), from: "/hooks/new")
            let webhook = try #require(try await world.store.webhookEndpoints(in: world.workspace).first)
            let path = "/hooks/\(webhook.id)"
            let page = try await browser.get("\(path)?state=failed").text
            #expect(page.contains("hx-get=\"/fragments\(path)?state=failed\""))

            _ = try await browser.submit("\(path)/tests", from: path)

            #expect(try await browser.get("/fragments\(path)").text.contains("Waiting"))
            #expect(try await browser.get("/fragments\(path)?state=failed").text.contains("Nothing failed."))
            #expect(try await browser.get("/fragments/hooks").text.contains("href=\"\(path)\""))
        }
    }

    @Test func `two people who change one at once write nothing over unseen`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit("/hooks", Self.form("https://crm.example.com/x"), from: "/hooks/new")
            let webhook = try #require(try await world.store.webhookEndpoints(in: world.workspace).first)
            let path = "/hooks/\(webhook.id)"
            let version = webhook.version.description
            #expect(try await browser.get("\(path)/edit").text.contains("name=\"version\" value=\"\(version)\""))

            let first = Self.form("https://crm.example.com/a") + [("version", version)]
            #expect(try await browser.submit(path, first, from: "\(path)/edit").location == path)
            let second = Self.form("https://crm.example.com/b") + [("version", version)]
            let clash = try await browser.submit(path, second, from: "\(path)/edit")

            #expect(clash.status == .conflict && clash.text.contains("Somebody else changed this meanwhile"))
            for address in ["https://crm.example.com/a", "https://crm.example.com/b"] {
                #expect(clash.text.contains(address))
            }
            let kept = try #require(try await world.store.webhookEndpoint(webhook.id, in: world.workspace))
            #expect(kept.url == "https://crm.example.com/a")
            #expect(clash.text.contains("name=\"version\" value=\"\(kept.version)\""))
        }
    }

    @Test func `the log leads to the body of an event, as it is sent`() async throws {
        try await ConsoleWorld.run { world, browser in
            _ = try await browser.signIn()
            _ = try await browser.submit("/hooks", Self.form("https://crm.example.com/x"), from: "/hooks/new")
            let webhook = try #require(try await world.store.webhookEndpoints(in: world.workspace).first)
            let path = "/hooks/\(webhook.id)"
            _ = try await browser.submit("\(path)/tests", from: path)
            let sent = try #require(
                try await world.store.webhookDeliveries(of: webhook.id, in: world.workspace).items.first)

            #expect(try await browser.get(path).text.contains("href=\"\(path)/deliveries/\(sent.id)\""))
            let body = try await browser.get("\(path)/deliveries/\(sent.id)").text
            #expect(body.contains("exactly as it is sent") && body.contains("webhook.test"))
            #expect(try await browser.get("/hooks/\(webhook.id)/deliveries/\(webhook.id)").status == .notFound)
        }
    }

    @Test func `sending all again is offered where something failed, and asks first`() throws {
        let context = try SampleWorld(.english).context
        func ask(_ failed: Int, of webhook: WebhookFacts = WebhookSamples.webhooks[0]) -> String? {
            WebhookView(webhook, [], failed: CountFacts(failed), in: context).replayAllAsk
        }

        #expect(ask(0) == nil && ask(3, of: WebhookSamples.webhooks[2]) == nil)
        #expect(ask(1)?.hasPrefix("Send 1 event again?") == true)
        #expect(ask(3)?.hasPrefix("Send 3 events again?") == true)
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
