import Domain

/// A hint as nodes write it to each other: `intake`, `imports`, `lane number:…`, `page WORKSPACE ledger`, `page WORKSPACE
/// conversation ID`.
enum HintTopic: Hashable, Sendable {
    case bell(WakeBoard.Bell)
    case news(ChangeFeed.News)

    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch words.first {
        case "intake" where words.count == 1: self = .bell(.intake)
        case "imports" where words.count == 1: self = .bell(.imports)
        case "lane" where words.count == 2:
            guard let lane = Lane(words[1]) else { return nil }
            self = .bell(.lane(lane))
        case "page" where words.count >= 3:
            guard let workspace = WorkspaceID(words[1]), let change = ChangeFeed.Change(Array(words[2...])) else {
                return nil
            }
            self = .news(ChangeFeed.News(change: change, workspace: workspace))
        default: return nil
        }
    }

    var text: String {
        switch self {
        case .bell(.intake): "intake"
        case .bell(.imports): "imports"
        case .bell(.lane(let lane)): "lane \(lane)"
        case .news(let news): "page \(news.workspace) \(news.change.words)"
        }
    }
}

extension ChangeFeed.Change {
    fileprivate init?(_ words: [String]) {
        switch (words.first, words.dropFirst().first) {
        case ("conversation", let id?):
            guard words.count == 2, let conversation = ConversationID(id) else { return nil }
            self = .conversation(conversation)
        case ("ledger", nil): self = .ledger
        case ("dead_letters", nil): self = .deadLetters
        case ("connections", nil): self = .connections
        case ("unrouted", nil): self = .unrouted
        case ("webhooks", nil): self = .webhooks
        case ("gap", nil): self = .gap
        default: return nil
        }
    }

    fileprivate var words: String {
        switch self {
        case .conversation(let id): "conversation \(id)"
        case .ledger: "ledger"
        case .deadLetters: "dead_letters"
        case .connections: "connections"
        case .unrouted: "unrouted"
        case .webhooks: "webhooks"
        case .gap: "gap"
        }
    }
}
