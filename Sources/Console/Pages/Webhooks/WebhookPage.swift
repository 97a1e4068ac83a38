/// One subscriber, with what was sent to it.
package struct WebhookPage: Page {
    package static let template = "webhooks/detail"

    package enum Command: String, CaseIterable, Sendable {
        case changed, on, off, tested, replayed, sentNow, replayedAll
    }

    package let title: String
    package let notice: OutcomeNotice?
    /// Shown this once.
    package let secret: String?
    package let view: WebhookView

    /// - Parameter secret: that was made just now.
    package init(_ view: WebhookView, secret: String? = nil, notice: OutcomeNotice? = nil) {
        title = view.head.name
        self.notice = notice
        self.secret = secret
        self.view = view
    }

    package static func outcome(of command: Command, count: Int = 1, in context: PageContext) -> OutcomeNotice {
        switch command {
        case .replayedAll: OutcomeNotice(.done, context.words.count("webhooks.done.replayedAll", count))
        case .changed, .on, .off, .tested, .replayed, .sentNow:
            OutcomeNotice(.done, context.words("webhooks.done.\(command.rawValue)"))
        }
    }
}
