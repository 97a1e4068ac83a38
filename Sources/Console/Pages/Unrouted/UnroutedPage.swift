package import Domain

/// Something that Meta sent and we could not place.
package struct UnroutedFacts: Sendable {
    /// What a person, or a program with a key, decided.
    package struct Settled: Sendable {
        package var state: UnroutedFilter.State
        /// Nil when nobody knows any more.
        package var by: String?
        package var at: Timestamp

        package init(state: UnroutedFilter.State, by: String?, at: Timestamp) {
            self.state = state
            self.by = by
            self.at = at
        }
    }

    package var id: UnroutedID
    package var reason: UnroutedReason
    /// `changes[].field`, where it could be read.
    package var field: String?
    /// The number or account that it speaks of, as Meta names it.
    package var subject: String?
    /// The app that signed it.
    package var app: String?
    package var excerpt: String
    package var receivedAt: Timestamp
    /// Nil while it is open.
    package var settled: Settled?

    package init(
        id: UnroutedID, reason: UnroutedReason, field: String?, subject: String?, app: String?, excerpt: String,
        receivedAt: Timestamp, settled: Settled? = nil
    ) {
        self.id = id
        self.reason = reason
        self.field = field
        self.subject = subject
        self.app = app
        self.excerpt = excerpt
        self.receivedAt = receivedAt
        self.settled = settled
    }
}

/// What Meta sent that found no place: kept, told, and routed again once the cause is mended.
package struct UnroutedPage: Page {
    package static let template = "unrouted/page"

    package struct Tab: Sendable {
        package let label: String
        package let url: String
        package let isCurrent: Bool
        package let count: String?
    }

    package enum Command: String, CaseIterable, Sendable { case routings, dismissals }

    package let title: String
    /// Open, dismissed, routed again.
    package let states: [Tab]
    /// Messages, statuses, others, whole bodies.
    package let kinds: [Tab]
    /// By reason.
    package let tabs: [Tab]
    /// There is something to choose among.
    package let hasReasons: Bool
    package let notice: OutcomeNotice?
    package let list: UnroutedList

    /// - Parameter counts: of the open ones, by reason; reasons without any have no tab.
    package init(
        _ items: [UnroutedFacts], filter: UnroutedFilter, counts: [UnroutedReason: Int], before: String? = nil,
        older: String? = nil, notice: OutcomeNotice? = nil, in context: PageContext
    ) {
        self.title = context.words("unrouted.title")
        self.states = Self.states(filter, open: counts.values.reduce(0, +), in: context)
        self.kinds = Self.kinds(filter, in: context)
        self.tabs = Self.reasons(filter, counts: filter.state == .open ? counts : [:], in: context)
        self.hasReasons = tabs.count > 1
        self.notice = notice
        self.list = UnroutedList(items, filter: filter, before: before, older: older, in: context)
    }

    private static func states(_ filter: UnroutedFilter, open: Int, in context: PageContext) -> [Tab] {
        UnroutedFilter.State.allCases.map { state in
            Tab(
                label: context.words("unrouted.state.\(state.rawValue)"),
                url: UnroutedFilter(state: state, kind: filter.kind).url(), isCurrent: state == filter.state,
                count: state == .open && open > 0 ? context.formats.number(open) : nil)
        }
    }

    private static func kinds(_ filter: UnroutedFilter, in context: PageContext) -> [Tab] {
        ([nil] + UnroutedFilter.Kind.allCases).map { kind in
            var other = filter
            other.kind = kind
            return Tab(
                label: context.words("unrouted.kind.\(kind?.rawValue ?? "all")"), url: other.url(),
                isCurrent: kind == filter.kind, count: nil)
        }
    }

    private static func reasons(
        _ filter: UnroutedFilter, counts: [UnroutedReason: Int], in context: PageContext
    ) -> [Tab] {
        let chosen = ([nil] + UnroutedReason.allCases).filter { reason in
            reason.map { $0 == filter.reason || (counts[$0] ?? 0) > 0 } ?? true
        }
        return chosen.map { reason in
            var other = filter
            other.reason = reason
            let count = reason.flatMap { counts[$0] }
            return Tab(
                label: context.words(reason.map { "unrouted.reason.\($0.rawValue).short" } ?? "unrouted.all"),
                url: other.url(), isCurrent: reason == filter.reason, count: count.map(context.formats.number))
        }
    }

    /// After a command: how many of those asked for were really changed.
    package static func outcome(of command: Command, count: Int, in context: PageContext) -> OutcomeNotice {
        let tone: OutcomeNotice.Tone = count == 0 ? .warning : .done
        return OutcomeNotice(tone, context.words.count("unrouted.done.\(command.rawValue)", count))
    }
}
