import Domain

@testable import Console

/// Subscribers, and what was sent to them.
enum WebhookSamples {
    static let webhooks = [
        WebhookFacts(
            id: id(8001), url: "https://crm.example.com/hooks/whatsapp", description: "CRM <b>&",
            types: [.messageReceived, .messageStatusChanged], state: .on, deliveredAt: moment, createdBy: "Ana Rivas"),
        WebhookFacts(
            id: id(8002), url: "https://hooks.zapier.com/hooks/standard/1/2/", description: "",
            types: [.contactCreated],
            state: .failing, since: moment, createdBy: "zapier", isProgram: true),
        WebhookFacts(
            id: id(8003), url: "https://n8n.example.com/webhook/3", description: "n8n",
            types: WebhookEventType.subscribable, state: .offFailing, since: moment, previousUntil: moment,
            createdBy: "Ana Rivas"),
    ]

    static let deliveries = [
        WebhookDeliveryFacts(
            id: id(8101), type: .messageReceived, state: .delivered, attempts: 1, status: 200, milliseconds: 31,
            at: moment),
        WebhookDeliveryFacts(
            id: id(8102), type: .messageStatusChanged, state: .failed, attempts: 11, status: 500,
            error: LocalizedText(en: "The address answered 500 <b>.", es: "La dirección respondió 500 <b>."),
            milliseconds: 10_000, at: moment),
        WebhookDeliveryFacts(id: id(8103), type: .test, state: .waiting, attempts: 0, at: moment),
        WebhookDeliveryFacts(
            id: id(8104), type: .messageReceived, state: .waiting, attempts: 4, status: 503, at: moment,
            nextAt: moment + .days(30)),
    ]

    private static let moment = Timestamp(milliseconds: 1_795_042_920_000)

    static func pages(_ world: SampleWorld) -> [(String, String)] {
        let layout = world.layout(nil)
        let context = world.context
        var wrong = WebhookEditPage.Draft(url: "http://10.0.0.1", types: [])
        wrong.error = LocalizedText(en: "A public address is written with https://.", es: "Se escribe con https://.")
        wrong.wrong = "url"
        var clash = WebhookEditPage.Draft(url: "https://crm.example.com/b", description: "CRM")
        clash.error = LocalizedText(en: "Somebody else changed it.", es: "Otra persona lo cambió.")
        (clash.version, clash.now) = ("0a1b", webhooks[0])
        return [
            ("webhooks", world.render(WebhooksPage(webhooks, done: .deleted, in: context), layout)),
            ("webhooks-empty", world.render(WebhooksPage([], in: context), layout)),
            ("webhook-new", world.render(WebhookEditPage(.init(), id: nil, in: context), layout)),
            ("webhook-mistake", world.render(WebhookEditPage(wrong, id: id(8001), in: context), layout)),
            ("webhook-clash", world.render(WebhookEditPage(clash, id: id(8001), in: context), layout)),
            (
                "webhook-body",
                world.render(
                    WebhookBodyPage(
                        deliveries[1], event: "evt_1", body: "{\"text\":\"<b>Hola\"}", of: webhooks[0], in: context),
                    layout)
            ),
            (
                "webhook-body-gone",
                world.render(
                    WebhookBodyPage(deliveries[0], event: "evt_2", body: nil, of: webhooks[0], in: context), layout)
            ),
            (
                "webhook",
                world.render(
                    WebhookPage(
                        WebhookView(webhooks[0], deliveries, older: "7.7", failed: CountFacts(2), in: context),
                        notice: WebhookPage.outcome(of: .replayedAll, count: 2, in: context)), layout)
            ),
            (
                "webhook-made",
                world.render(
                    WebhookPage(WebhookView(webhooks[0], [], in: context), secret: "whsec_c2VjcmV0"), layout)
            ),
            (
                "webhook-off",
                world.render(
                    WebhookPage(WebhookView(webhooks[2], deliveries, isFailedOnly: true, in: context)), layout)
            ),
        ]
    }

    static func fragments(_ world: SampleWorld) -> [(String, String)] {
        let (layout, context) = (world.layout(nil), world.context)
        return [
            ("webhooks", world.render(WebhookList(webhooks, in: context), layout)),
            ("webhook", world.render(WebhookView(webhooks[0], deliveries, older: "7.7", in: context), layout)),
        ]
    }
}
