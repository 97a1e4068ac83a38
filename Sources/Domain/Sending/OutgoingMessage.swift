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
    /// Comes back in the statuses: evidence for a send whose answer was lost. At most 512 characters.
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
    /// The wamid.
    package let messageID: String
    /// The customer's number as Meta knows it; may differ from the one dialled.
    package let waID: String?
    package let userID: String?
    /// Template sends: `accepted`, `held_for_quality_assessment`, `paused`.
    package let messageStatus: String?

    package init(messageID: String, waID: String?, userID: String?, messageStatus: String?) {
        self.messageID = messageID
        self.waID = waID
        self.userID = userID
        self.messageStatus = messageStatus
    }
}
