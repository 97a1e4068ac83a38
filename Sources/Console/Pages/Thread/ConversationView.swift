import Domain

/// The open conversation: header, thread, composer and contact.
package struct ConversationView: PageFragment {
    package static let template = "thread/conversation"

    package let id: String
    package let name: String
    package let header: ConversationHeader
    package let messages: ThreadMessages
    package let composer: ComposerView
    package let contact: ContactPanel
    /// Told when the newest message is on the screen.
    package let readsURL: String
    /// Why the last command was not done.
    package let notice: OutcomeNotice?

    /// - Parameters:
    ///   - conversation: the row of the list, with owner and window.
    ///   - staff: whom it can be handed to.
    ///   - older: the cursor of the messages before these.
    ///   - isNewest: whether these are the newest messages, not a page of earlier ones.
    package init(
        _ conversation: ConversationFacts, staff: [StaffFacts] = [], contact: ContactFacts, messages: [MessageFacts],
        older: String?,
        isNewest: Bool = true,
        composer: ComposerFacts, filter: InboxFilter, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        let person = conversation.person.displayName(in: context)
        self.id = conversation.id.description
        self.name = person
        self.header = ConversationHeader(
            conversation, staff: staff, links: contact.links, filter: filter, in: context)
        self.messages = ThreadMessages(
            conversation: conversation.id, person: person, messages: messages, older: older, isNewest: isNewest,
            filter: filter,
            in: context)
        self.composer = ComposerView(
            at: .conversation(conversation.id, filter), person: person, windowEnds: conversation.windowEnds,
            owner: conversation.owner, facts: composer, in: context)
        self.contact = ContactPanel(
            contact, conversation: conversation.id, windowEnds: conversation.windowEnds, in: context)
        self.readsURL = "/inbox/\(conversation.id)/reads"
        self.notice = notice
    }
}
