import Domain
import Store

/// The conversations in which something happened last, as far as that can be seen from outside. Where several nodes work
/// on one database, this is how a page hears of what another node did.
struct RecentConversations: Sendable {
    static let limit = 100

    private struct Mark: Equatable, Sendable {
        let lastMessageAt: Timestamp?
        let status: MessageStatus?
        let unread: Int
        let ownerVersion: Int64
        let isClosed: Bool
    }

    private let marks: [ConversationID: Mark]

    init(_ conversations: [ConversationSummary]) {
        marks = conversations.reduce(into: [:]) { marks, conversation in
            marks[conversation.id] = Mark(
                lastMessageAt: conversation.lastMessageAt, status: conversation.last?.status,
                unread: conversation.unread, ownerVersion: conversation.ownerVersion, isClosed: conversation.isClosed)
        }
    }

    /// Against nothing known, none: pages were drawn a moment ago.
    func changes(since old: RecentConversations?) -> [ConversationID] {
        guard let old else { return [] }
        return marks.filter { old.marks[$0.key] != $0.value }.keys.sorted()
    }
}
