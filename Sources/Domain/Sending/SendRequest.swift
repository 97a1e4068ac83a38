/// What somebody wants to send.
package struct SendRequest: Equatable, Sendable {
    package enum Author: String, Codable, Sendable {
        case automation, staff, api, crm
        /// Puente itself, about consent: a withdrawal is confirmed and a question asked, whoever owns the conversation.
        case consent
    }

    package let author: Author
    package let content: MessageContent

    package init(author: Author, content: MessageContent) {
        self.author = author
        self.content = content
    }
}
