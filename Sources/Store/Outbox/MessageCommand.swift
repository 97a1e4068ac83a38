package import Domain

/// A person's, program's or rule's wish to send a message.
package struct MessageCommand: Sendable {
    package enum Target: Sendable {
        case conversation(ConversationID)
        case contact(ContactID, from: NumberID?)
        /// A phone in international digits or a BSUID; the contact is made when nobody has it.
        case address(Recipient, from: NumberID?)
    }

    package enum Author: Sendable {
        case staff(StaffID, name: String)
        case api(key: String)
        case crm(connection: String)
        case automation(rule: String)
        /// Puente itself: confirms a withdrawal, asks for consent.
        case consent
    }

    package let workspace: WorkspaceID
    package let target: Target
    package let content: MessageContent
    /// The message quoted: one that WhatsApp knows, of the same number and contact.
    package let replyTo: MessageID?
    package let author: Author
    /// The failed message that this is a new attempt of.
    package let retryOf: MessageID?
    /// The CRM's record of whom this goes to, where that was not known yet. It is linked with the message: between the two
    /// a courier would look for it, or make another.
    package let record: RemoteRecord?
    /// Who had the conversation when its author looked at it; nil when that does not matter. A colleague who took it
    /// since is not talked over.
    package let expecting: ConversationOwner?

    package init(
        workspace: WorkspaceID, target: Target, content: MessageContent, replyTo: MessageID? = nil, author: Author,
        retryOf: MessageID? = nil, expecting: ConversationOwner? = nil, record: RemoteRecord? = nil
    ) {
        self.workspace = workspace
        self.target = target
        self.content = content
        self.replyTo = replyTo
        self.author = author
        self.retryOf = retryOf
        self.expecting = expecting
        self.record = record
    }
}

/// A command that was taken: the message stands in the thread as `queued`, its job in the lane.
package struct AcceptedMessage: Equatable, Sendable {
    package let message: MessageID
    package let conversation: ConversationID
    package let contact: ContactID
    package let lanes: Set<Lane>
    /// What Puente added to the text, since it did not name the company; nil where nothing was missing.
    package var addedLine: String?
}

extension PuenteError {
    package static let unknownReply = PuenteError(
        .invalid, detail: "unknown_reference",
        en: "The message to reply to (reply_to) is not one of this conversation, or WhatsApp does not have it yet.",
        es: "El mensaje al que se responde (reply_to) no es de esta conversación, o WhatsApp todavía no lo tiene.")
}
