package import Domain

/// The messages of a conversation, oldest first, with days and gaps between them.
/// Fetched again on the event `conversation-{id}`.
package struct ThreadMessages: PageFragment {
    package static let template = "thread/messages"

    /// One line of the thread: exactly one of its fields is there.
    package struct Entry: Sendable {
        package var day: Day?
        package var bubble: BubbleView?
        package var note: Note?
        package var gap: Gap?
    }

    package struct Day: Sendable {
        package let label: String
        package let date: String
    }

    /// A sentence of WhatsApp's or ours in the middle of the thread.
    package struct Note: Sendable {
        package let icon: String
        package let text: String
        package let time: MomentText
    }

    package struct Gap: Sendable {
        package let text: String
    }

    package let conversation: String
    package let entries: [Entry]
    package let olderURL: String?
    /// Back to the newest messages, on a page of earlier ones. Such a page is not fetched again.
    package let newestURL: String?
    package let refreshURL: String
    package let event: String
    /// The newest message: the script scrolls and announces when it changes.
    package let newest: String

    /// - Parameters:
    ///   - messages: sorted by (Meta time, id), reactions among them.
    ///   - person: the customer's display name.
    ///   - older: the cursor of the page before, when there is one.
    ///   - isNewest: whether these are the newest messages, not a page of earlier ones.
    package init(
        conversation: ConversationID, person: String, messages: [MessageFacts], older: String?, isNewest: Bool,
        filter: InboxFilter, in context: PageContext
    ) {
        self.conversation = conversation.description
        self.entries = ThreadComposition(
            messages: messages, person: person, conversation: conversation, filter: filter, context: context
        ).entries()
        self.olderURL = older.map { filter.url("/inbox/\(conversation)", [("before", $0)]) }
        self.newestURL = isNewest ? nil : filter.url("/inbox/\(conversation)")
        self.refreshURL = filter.url("/fragments/conversations/\(conversation)/messages")
        self.event = "conversation-\(conversation)"
        self.newest = messages.last?.id.description ?? ""
    }
}
