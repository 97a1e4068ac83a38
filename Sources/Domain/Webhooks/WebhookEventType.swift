/// What subscribers are told of. The raw value is what the API, the payload and the database show.
package enum WebhookEventType: String, Codable, CaseIterable, Sendable {
    /// A customer wrote.
    case messageReceived = "message.received"
    /// A message of the company's was sent, delivered, read, played, refused, or failed.
    case messageStatusChanged = "message.status_changed"
    case contactCreated = "contact.created"
    /// A contact's names, language, numbers, addresses, labels, fields or states.
    case contactUpdated = "contact.updated"
    /// A customer allowed something, or took that back.
    case consentChanged = "consent.changed"
    /// A conversation went to the queue, to a person, or to the automation.
    case conversationHandedOver = "conversation.handed_over"
    /// Somebody pressed "test". Goes to one subscriber, whatever it subscribed to.
    case test = "webhook.test"

    /// Those that can be asked for.
    package static let subscribable = allCases.filter { $0 != .test }
}
