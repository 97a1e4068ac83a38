/// The inbox: conversations at the left, the open one in the middle, its contact at the right. On a phone one of the
/// three is seen at a time.
package struct InboxPage: Page {
    package static let template = "inbox/page"

    /// What a phone shows. Wide screens show all of it.
    package enum Pane: String, Sendable { case list, thread, contact }

    package let title: String
    package let pane: Pane
    package let list: ConversationList
    /// The open conversation; nil shows what to do next instead.
    package let conversation: ConversationView?
    package let placeholder: InboxPlaceholder

    package init(
        pane: Pane, list: ConversationList, conversation: ConversationView?, in context: PageContext
    ) {
        self.title = conversation?.name ?? context.words("inbox.title")
        self.pane = pane
        self.list = list
        self.conversation = conversation
        self.placeholder = InboxPlaceholder(hasConversations: !list.items.isEmpty)
    }
}

/// What stands in the place of a conversation while none is open.
package struct InboxPlaceholder: Sendable {
    package let hasConversations: Bool
}
