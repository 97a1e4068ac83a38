package import Domain

/// The work that is left to people.
package struct DeadLettersPage: Page {
    package static let template = "dead-letters/page"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
    }

    package let title: String
    package let tabs: [Tab]
    package let notice: OutcomeNotice?
    package let list: DeadLetterList

    /// - Parameters:
    ///   - opened: the one that a link led to, shown with its details.
    ///   - before: the cursor of this page; nil for the first.
    ///   - older: the cursor of the next page, when there is one.
    package init(
        _ letters: [DeadLetterFacts], filter: DeadLetterFilter, counts: [DeadLetterFilter.View: Int],
        opened: JobID? = nil, before: String? = nil, older: String? = nil, notice: OutcomeNotice? = nil,
        in context: PageContext
    ) {
        self.title = context.words("deadLetters.title")
        self.tabs = DeadLetterFilter.View.allCases.map { view in
            let count = counts[view] ?? 0
            return Tab(
                label: context.words("deadLetters.view.\(view.rawValue)"),
                url: DeadLetterFilter(view: view, connection: filter.connection).url(),
                isCurrent: view == filter.view, count: count == 0 ? nil : context.formats.number(count))
        }
        self.notice = notice
        self.list = DeadLetterList(
            letters, filter: filter, opened: opened, before: before, older: older, in: context)
    }

    /// After a command: how many of those asked for were really changed.
    /// - Parameter left: how many were passed over since they may have been sent.
    package static func outcome(
        of command: Command, count: Int, left: Int = 0, in context: PageContext
    ) -> OutcomeNotice {
        let tone: OutcomeNotice.Tone = count == 0 || left > 0 ? .warning : .done
        let done = context.words.count("deadLetters.done.\(command.rawValue)", count)
        guard left > 0 else { return OutcomeNotice(tone, done) }
        let rest = context.words.count("deadLetters.done.left", left)
        return OutcomeNotice(tone, count == 0 ? rest : "\(done) \(rest)")
    }

    package enum Command: String, CaseIterable, Sendable { case retries, corrections, dismissals }
}

/// The rows. Fetched again on the event `dead-letters`, except while something in them is being chosen or corrected.
package struct DeadLetterList: PageFragment {
    package static let template = "dead-letters/list"

    package let items: [DeadLetterView]
    package let isEmpty: Bool
    /// Nothing is left at all, not only in this view.
    package let isAllDone: Bool
    package let hasUncertain: Bool
    package let olderURL: String?
    package let refreshURL: String

    package init(
        _ letters: [DeadLetterFacts], filter: DeadLetterFilter, opened: JobID? = nil, before: String? = nil,
        older: String? = nil, in context: PageContext
    ) {
        self.items = letters.map { DeadLetterView($0, isOpen: $0.id == opened, in: context) }
        self.isEmpty = letters.isEmpty
        self.isAllDone = letters.isEmpty && filter == DeadLetterFilter()
        self.hasUncertain = letters.contains { $0.work == .uncertain }
        self.olderURL = older.map { filter.url("/dead-letters", [("before", $0)]) }
        self.refreshURL = filter.url("/fragments/dead-letters", [("open", opened?.description), ("before", before)])
    }
}
