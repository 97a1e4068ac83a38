package import Domain

/// Which conversations the list shows: a view and what was searched for. Travels in the address of every inbox page.
package struct InboxFilter: Equatable, Sendable {
    package enum View: String, CaseIterable, Sendable { case all, mine, unassigned, closed }

    package var view: View
    /// As typed, trimmed and at most 200 characters; empty when nothing was searched for.
    package var query: String

    package init(view: View = .all, query: String = "") {
        self.view = view
        self.query = String(query.drop(while: \.isWhitespace).prefix(200))
    }

    /// An address below `/inbox` that keeps the filter.
    package func url(_ path: String = "/inbox", _ extra: [(String, String?)] = []) -> String {
        QueryText.url(path, [("view", view == .all ? nil : view.rawValue), ("q", query)] + extra)
    }

    package func url(of conversation: ConversationID) -> String {
        url("/inbox/\(conversation)")
    }
}
