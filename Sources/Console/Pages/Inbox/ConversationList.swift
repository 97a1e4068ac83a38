package import Domain

/// The list at the left. Fetched again on the event `inbox`, and once a minute so that its times stay true.
package struct ConversationList: PageFragment {
    package static let template = "inbox/list"
    /// Where the shown part of the list begins. Not `before`: that is the thread's beside it.
    static let positionParameter = "list-before"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
    }

    /// Why the list is empty.
    package enum Emptiness: Sendable {
        /// No customer ever wrote.
        case firstMessage
        case nothingFound
        case nothingHere
        /// The store did not answer.
        case failed
    }

    package let tabs: [Tab]
    package let view: String
    package let query: String
    package let clearURL: String
    package let items: [ConversationRow]
    package let emptiness: Emptiness?
    package let olderURL: String?
    package let refreshURL: String
    package let isDemo: Bool

    /// - Parameters:
    ///   - counts: of each view; a view without one shows none.
    ///   - open: the conversation beside the list.
    ///   - before: the cursor that this page was asked for with; nil for the top of the list.
    ///   - older: the cursor of the next page, when there is one.
    ///   - isDemo: offers a sandbox customer while nobody has written.
    package init(
        filter: InboxFilter, counts: [InboxFilter.View: Int], conversations: [ConversationFacts],
        open: ConversationID?, before: String? = nil, older: String?, isDemo: Bool, in context: PageContext
    ) {
        self.init(
            filter: filter, counts: counts, open: open, before: before, older: older, isDemo: isDemo,
            items: conversations.map { ConversationRow($0, filter: filter, open: open, in: context) },
            emptiness: conversations.isEmpty ? Self.emptiness(filter, counts: counts) : nil, in: context)
    }

    /// The list when its rows could not be read.
    package static func failed(filter: InboxFilter, open: ConversationID?, in context: PageContext) -> Self {
        Self(
            filter: filter, counts: [:], open: open, before: nil, older: nil, isDemo: false, items: [],
            emptiness: .failed,
            in: context)
    }

    private init(
        filter: InboxFilter, counts: [InboxFilter.View: Int], open: ConversationID?, before: String?, older: String?,
        isDemo: Bool, items: [ConversationRow], emptiness: Emptiness?, in context: PageContext
    ) {
        self.tabs = InboxFilter.View.allCases.map {
            Self.tab($0, filter: filter, count: counts[$0] ?? 0, in: context)
        }
        self.view = filter.view.rawValue
        self.query = filter.query
        self.clearURL = InboxFilter(view: filter.view).url()
        self.items = items
        self.emptiness = emptiness
        let path = open.map { "/inbox/\($0)" } ?? "/inbox"
        self.olderURL = older.map { filter.url(path, [(Self.positionParameter, $0)]) }
        self.refreshURL = filter.url(
            "/fragments/conversations", [("open", open?.description), (Self.positionParameter, before)])
        self.isDemo = isDemo
    }

    private static func emptiness(_ filter: InboxFilter, counts: [InboxFilter.View: Int]) -> Emptiness {
        if !filter.query.isEmpty { return .nothingFound }
        return counts.values.allSatisfy { $0 == 0 } ? .firstMessage : .nothingHere
    }

    private static func tab(
        _ view: InboxFilter.View, filter: InboxFilter, count: Int, in context: PageContext
    ) -> Tab {
        Tab(
            label: context.words("inbox.view.\(view.rawValue)"),
            url: InboxFilter(view: view, query: filter.query).url(), isCurrent: view == filter.view,
            count: count == 0 || view == .closed ? nil : context.formats.number(count))
    }
}
