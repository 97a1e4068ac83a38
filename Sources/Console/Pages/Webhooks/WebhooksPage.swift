import Domain

/// Every subscriber of the company: for administrators.
package struct WebhooksPage: Page {
    package static let template = "webhooks/page"

    package enum Command: String, CaseIterable, Sendable { case deleted }

    package let title: String
    package let items: [WebhookHead]
    package let isEmpty: Bool
    package let notice: OutcomeNotice?

    package init(_ webhooks: [WebhookFacts], done command: Command? = nil, in context: PageContext) {
        title = context.words("webhooks.title")
        items = webhooks.map { WebhookHead($0, in: context) }
        isEmpty = webhooks.isEmpty
        notice = command.map { OutcomeNotice(.done, context.words("webhooks.done.\($0.rawValue)")) }
    }
}
