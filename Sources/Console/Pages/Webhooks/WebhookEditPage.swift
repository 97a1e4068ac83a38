package import Domain

/// The form of a new subscriber, or of one that is there.
package struct WebhookEditPage: Page {
    package static let template = "webhooks/edit"

    package struct Draft: Sendable {
        package var url: String
        package var description: String
        package var types: [WebhookEventType]
        package var error: LocalizedText?
        /// `url`, `description` or `event_types`; nil: the whole.
        package var wrong: String?
        /// Of the webhook as the form shows it; nil for a new one.
        package var version: String?
        /// Somebody changed it meanwhile: what it says now.
        package var now: WebhookFacts?

        package init(url: String = "", description: String = "", types: [WebhookEventType] = [.messageReceived]) {
            self.url = url
            self.description = description
            self.types = types
        }
    }

    package struct Choice: Sendable {
        package let value: String
        package let label: String
        package let hint: String
        package let isChosen: Bool
    }

    package let title: String
    package let action: String
    package let backURL: String
    package let url: String
    package let description: String
    package let types: [Choice]
    package let urlError: String?
    package let descriptionError: String?
    package let typesError: String?
    package let error: String?
    package let version: String?
    package let now: StandingNow?

    /// - Parameter id: nil: of a new one.
    package init(_ draft: Draft, id: WebhookEndpointID?, in context: PageContext) {
        let words = context.words
        title = words(id == nil ? "webhooks.new" : "webhooks.change")
        action = id.map { "/hooks/\($0)" } ?? "/hooks"
        backURL = action
        url = draft.url
        description = draft.description
        types = WebhookEventType.subscribable.map { type in
            Choice(
                value: type.rawValue, label: words("webhooks.type.\(type.word)"), hint: type.rawValue,
                isChosen: draft.types.contains(type))
        }
        let sentence = draft.error?[context.language]
        urlError = draft.wrong == "url" ? sentence : nil
        descriptionError = draft.wrong == "description" ? sentence : nil
        typesError = draft.wrong == "event_types" ? sentence : nil
        error = draft.wrong == nil ? sentence : nil
        version = draft.version
        now = draft.now.map { StandingNow.webhook($0, in: context) }
    }
}
