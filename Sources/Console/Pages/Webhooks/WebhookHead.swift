import Domain

/// What names a subscriber, and how it stands.
package struct WebhookHead: Sendable {
    package let id: String
    package let name: String
    package let url: String
    package let pageURL: String
    /// "Message received, contact is new"
    package let types: String
    package let state: String
    package let isOn: Bool
    package let isFailing: Bool
    package let isFaltering: Bool
    /// "Nothing has arrived since today at 14:32."
    package let note: String?
    package let isProgram: Bool
    /// "Made by Ana"
    package let author: String

    init(_ webhook: WebhookFacts, in context: PageContext) {
        let words = context.words
        id = webhook.id.description
        name = webhook.description.isEmpty ? webhook.url : webhook.description
        url = webhook.url
        pageURL = "/hooks/\(webhook.id)"
        types = webhook.types.map { words("webhooks.type.\($0.word)") }.joined(separator: " · ")
        state = words("webhooks.state.\(webhook.state.rawValue)")
        isOn = webhook.state.isOn
        isFailing = webhook.state == .failing
        isFaltering = webhook.state == .faltering
        isProgram = webhook.isProgram
        author = words("webhooks.madeBy", ["name": webhook.createdBy])
        note = Self.note(of: webhook, in: context)
    }

    private static func note(of webhook: WebhookFacts, in context: PageContext) -> String? {
        let moment = { (time: Timestamp) in MomentText.sentence(time, in: context).short }
        if let since = webhook.since, webhook.state != .on {
            return context.words("webhooks.since.\(webhook.state.rawValue)", ["time": moment(since)])
        }
        return webhook.deliveredAt.map { context.words("webhooks.lastDelivered", ["time": moment($0)]) }
    }
}
