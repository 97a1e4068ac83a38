package import Domain

/// What one delivery said, to the letter: its signature is of exactly that.
package struct WebhookBodyPage: Page {
    package static let template = "webhooks/body"

    package let title: String
    package let webhook: String
    package let backURL: String
    /// As the header `webhook-id` names the event.
    package let event: String
    package let state: String
    package let at: MomentText
    package let error: String?
    /// Nil where it is not kept any more.
    package let body: String?

    /// - Parameter event: the event's id, as it is told.
    package init(
        _ delivery: WebhookDeliveryFacts, event: String, body: String?, of webhook: WebhookFacts,
        in context: PageContext
    ) {
        let head = WebhookHead(webhook, in: context)
        title = context.words("webhooks.type.\(delivery.type.word)")
        self.webhook = head.name
        backURL = head.pageURL
        self.event = event
        state = context.words("webhooks.delivery.\(delivery.state.rawValue)")
        at = MomentText.sentence(delivery.at, in: context)
        error = delivery.error?[context.language]
        self.body = body
    }
}
