import Domain

/// How a subscriber stands, and what was sent to it. Fetched again on the event `webhooks`, except while somebody is asked
/// something.
package struct WebhookView: PageFragment {
    package static let template = "webhooks/view"

    package struct Row: Sendable {
        package let id: String
        package let type: String
        package let state: String
        package let isWaiting: Bool
        package let isFailed: Bool
        package let time: MomentText
        /// "2 attempts · 200 · 31 ms"
        package let summary: String
        package let error: String?
        /// "Next attempt today at 14:32"; nil where it does not wait.
        package let next: String?
        /// "Send again", or "Send now" while it waits.
        package let replay: String
        /// Nil where it is due already, or the subscriber is off.
        package let replayURL: String?
        /// The page with the body.
        package let bodyURL: String
    }

    package let head: WebhookHead
    /// "The secret before signs as well until …"
    package let overlap: String?
    package let switchTo: String
    package let rows: [Row]
    package let isEmpty: Bool
    package let isFailedOnly: Bool
    package let allURL: String
    package let failedURL: String
    package let olderURL: String?
    package let refreshURL: String
    package let deleteAsk: String
    /// "Send 3 events again?"; nil where none failed, and while it is off.
    package let replayAllAsk: String?

    /// - Parameters:
    ///   - before: the cursor of this page; nil for the first.
    ///   - older: the cursor of the next page, when there is one.
    ///   - failed: how many failed in all.
    package init(
        _ webhook: WebhookFacts, _ deliveries: [WebhookDeliveryFacts], isFailedOnly: Bool = false,
        before: String? = nil, older: String? = nil, failed: CountFacts = CountFacts(0), in context: PageContext
    ) {
        let head = WebhookHead(webhook, in: context)
        let state = isFailedOnly ? "failed" : nil
        self.head = head
        overlap = webhook.previousUntil.map {
            context.words("webhooks.overlap", ["time": MomentText.sentence($0, in: context).short])
        }
        switchTo = head.isOn ? "off" : "on"
        rows = deliveries.map { Self.row($0, of: webhook, in: context) }
        isEmpty = deliveries.isEmpty
        self.isFailedOnly = isFailedOnly
        allURL = head.pageURL
        failedURL = head.pageURL + "?state=failed"
        olderURL = older.map { QueryText.url(head.pageURL, [("state", state), ("before", $0)]) }
        refreshURL = QueryText.url("/fragments\(head.pageURL)", [("state", state), ("before", before)])
        deleteAsk = context.words("webhooks.deleteAsk", ["name": head.name])
        replayAllAsk =
            failed.value == 0 || !head.isOn
            ? nil
            : context.words(
                "webhooks.replayAllAsk.\(failed.value == 1 ? "one" : "other")", ["count": failed.text(in: context)])
    }

    private static func row(
        _ delivery: WebhookDeliveryFacts, of webhook: WebhookFacts, in context: PageContext
    ) -> Row {
        let words = context.words
        let parts = [
            words.count("webhooks.attempts", delivery.attempts), delivery.status.map { "HTTP \($0)" },
            delivery.milliseconds.map { context.formats.delay(milliseconds: $0) },
        ]
        return Row(
            id: delivery.id.description, type: words("webhooks.type.\(delivery.type.word)"),
            state: words("webhooks.delivery.\(delivery.state.rawValue)"), isWaiting: delivery.state == .waiting,
            isFailed: delivery.state == .failed, time: MomentText.relative(delivery.at, in: context),
            summary: parts.compactMap(\.self).joined(separator: " · "), error: delivery.error?[context.language],
            next: next(of: delivery, in: context),
            replay: words(delivery.state == .waiting ? "webhooks.sendNow" : "webhooks.replay"),
            replayURL: isDue(delivery, in: context) || !webhook.state.isOn
                ? nil : "/hooks/\(webhook.id)/deliveries/\(delivery.id)/replays",
            bodyURL: "/hooks/\(webhook.id)/deliveries/\(delivery.id)")
    }

    private static func isDue(_ delivery: WebhookDeliveryFacts, in context: PageContext) -> Bool {
        delivery.state == .waiting && delivery.nextAt.map { $0 <= context.now } ?? true
    }

    private static func next(of delivery: WebhookDeliveryFacts, in context: PageContext) -> String? {
        guard delivery.state == .waiting else { return nil }
        guard let nextAt = delivery.nextAt, nextAt > context.now else { return context.words("webhooks.nextNow") }
        return context.words("webhooks.next", ["time": MomentText.sentence(nextAt, in: context).short])
    }
}
