/// Whom a message goes to. A phone wins while it is known: it keeps the number visible to the company.
package enum Recipient: Hashable, Codable, Sendable {
    /// Digits as Meta writes them, without "+".
    case phone(String)
    /// A BSUID or parent BSUID, sent as `recipient`.
    case userID(String)
}

/// A message as it leaves for Meta.
package struct OutgoingMessage: Equatable, Sendable {
    package let recipient: Recipient
    package let content: MessageContent
    /// The wamid quoted.
    package let replyTo: String?
    /// The message's id. Comes back in the statuses: evidence for a send whose answer was lost. At most 512 characters.
    package let callbackData: String

    package init(recipient: Recipient, content: MessageContent, replyTo: String?, callbackData: String) {
        self.recipient = recipient
        self.content = content
        self.replyTo = replyTo
        self.callbackData = callbackData
    }
}

/// Meta's answer to a send: accepted, which is not delivered.
package struct SendReceipt: Equatable, Sendable {
    /// Why Meta keeps a template back that it has accepted. The raw value is Meta's word.
    package enum Hold: String, Codable, CaseIterable, Sendable {
        /// Until it has seen how the first customers take the template; then the message leaves, or fails.
        case qualityAssessment = "held_for_quality_assessment"
        /// The template is paused.
        case paused
    }

    /// The wamid.
    package let messageID: String
    /// Nil when the message is on its way.
    package let hold: Hold?

    package init(messageID: String, hold: Hold? = nil) {
        self.messageID = messageID
        self.hold = hold
    }
}
