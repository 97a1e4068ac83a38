import Domain
import Pipeline

/// What changed in a workspace since pages were last told.
struct PageNews: Sendable {
    /// Beyond this many conversations a page is better off loading anew.
    private static let maxConversations = 200

    /// Told four times a second at most: who looks at a conversation waits for its next message.
    private(set) var conversations: Set<ConversationID> = []
    /// Told once a second at most: lists and sums, which cost more to draw and concern everybody.
    private(set) var wide: Set<String> = []
    private(set) var isGap = false

    var isEmpty: Bool { conversations.isEmpty && wide.isEmpty && !isGap }

    mutating func add(_ change: ChangeFeed.Change) {
        switch change {
        case .conversation(let id):
            wide.insert("inbox")
            conversations.insert(id)
            if conversations.count > Self.maxConversations {
                conversations = []
                isGap = true
            }
        case .ledger: wide.insert("ledger")
        case .deadLetters: wide.formUnion(["dead-letters", "counts"])
        case .unrouted: wide.formUnion(["unrouted", "counts"])
        case .connections: wide.formUnion(["connections", "alarms", "counts", "sync"])
        case .webhooks: wide.insert("webhooks")
        case .gap: isGap = true
        }
    }

    mutating func add(_ names: Set<String>) {
        wide.formUnion(names)
    }

    /// - Parameter all: also what is told seldom.
    /// - Returns: the names of the events, in an order that does not change.
    mutating func take(all: Bool) -> [String] {
        if isGap {
            self = PageNews()
            return ["gap"]
        }
        let narrow = conversations.sorted().map { "conversation-\($0)" }
        conversations = []
        guard all else { return narrow }
        let names = narrow + wide.sorted()
        wide = []
        return names
    }
}
