package import Domain

/// A message that the CRM's side asks us to send. It still passes the send gate.
package struct SendCommand: Equatable, Sendable {
    package enum Target: Equatable, Sendable {
        /// As somebody wrote it; with or without "+".
        case phone(String)
        /// Business-scoped user id.
        case userID(String)
        /// Our contact id.
        case contact(String)
        /// The CRM's contact id.
        case remoteContact(String)
    }

    /// The same for every repetition of this command: the key against sending twice. At most 256 bytes.
    package var commandID: String
    package var target: Target
    package var content: MessageContent
    /// Our id of the message replied to.
    package var replyTo: String?
    package var authorName: String?
    /// The number to send from, by its name in the configuration or its `phone_number_id`; nil leaves the choice to the
    /// contact's conversations.
    package var from: String?

    package init(
        commandID: String, target: Target, content: MessageContent, replyTo: String? = nil,
        authorName: String? = nil, from: String? = nil
    ) {
        self.commandID = commandID
        self.target = target
        self.content = content
        self.replyTo = replyTo
        self.authorName = authorName
        self.from = from
    }
}
