import Domain

/// Every subscriber of the company: for administrators.
package struct WebhooksPage: Page {
    package static let template = "webhooks/page"

    package enum Command: String, CaseIterable, Sendable { case deleted }

    package let title: String
    package let notice: OutcomeNotice?
    package let list: WebhookList

    package init(_ webhooks: [WebhookFacts], done command: Command? = nil, in context: PageContext) {
        title = context.words("webhooks.title")
        notice = command.map { OutcomeNotice(.done, context.words("webhooks.done.\($0.rawValue)")) }
        list = WebhookList(webhooks, in: context)
    }
}

/// The subscribers. Fetched again on the event `webhooks`.
package struct WebhookList: PageFragment {
    package static let template = "webhooks/list"

    package let items: [WebhookHead]
    package let isEmpty: Bool

    package init(_ webhooks: [WebhookFacts], in context: PageContext) {
        items = webhooks.map { WebhookHead($0, in: context) }
        isEmpty = webhooks.isEmpty
    }
}
