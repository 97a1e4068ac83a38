import Domain

/// The ledger: what came in, what was stored, what the CRM has, and what explains the difference.
/// Fetched again on the event `ledger`.
package struct LedgerPage: Page {
    package static let template = "ledger/page"

    package enum Span: String, CaseIterable, Sendable { case hour, day, week }

    package let title: String
    package let figures: LedgerFigures

    package init(_ facts: LedgerFacts, span: Span, in context: PageContext) {
        self.title = context.words("ledger.title")
        self.figures = LedgerFigures(facts, span: span, in: context)
    }
}

/// Everything on the ledger's page that counts.
package struct LedgerFigures: PageFragment {
    package static let template = "ledger/figures"

    package struct Choice: Sendable {
        package let label: String
        package let url: String
        /// What a script puts in the place of the figures.
        package let fragmentURL: String
        package let isCurrent: Bool
    }

    package let isBalanced: Bool
    package let headline: String
    package let steps: [LedgerStep]
    package let destinations: [LedgerStep]
    package let updates: [EquationView]
    package let connections: [EquationView]
    package let differences: [DifferenceView]
    /// Of the chart and the delays; the sums above are of all times.
    package let spans: [Choice]
    package let delays: [DelayView]
    package let chart: MinuteChart
    package let refreshURL: String

    package init(_ facts: LedgerFacts, span: LedgerPage.Span, in context: PageContext) {
        let updates = Self.updates(facts, in: context)
        let connections = facts.connections.map { Self.equation(of: $0, in: context) }
        let isBalanced = (updates + connections).allSatisfy(\.isBalanced)
        self.isBalanced = isBalanced
        self.headline = context.words(isBalanced ? "ledger.allAccounted" : "ledger.notAccounted")
        self.steps = LedgerStep.steps(of: facts, in: context)
        self.destinations = facts.connections.map { LedgerStep($0, in: context) }
        self.updates = updates
        self.connections = connections
        self.differences = DifferenceView.all(of: facts, in: context)
        self.spans = LedgerPage.Span.allCases.map {
            Choice(
                label: context.words("ledger.span.\($0.rawValue)"),
                url: QueryText.url("/ledger", [("span", $0 == .hour ? nil : $0.rawValue)]),
                fragmentURL: QueryText.url("/fragments/ledger", [("span", $0.rawValue)]), isCurrent: $0 == span)
        }
        self.delays = facts.delays.map { DelayView($0, in: context) }
        self.chart = MinuteChart(facts.minutes, span: span, in: context)
        self.refreshURL = QueryText.url("/fragments/ledger", [("span", span.rawValue)])
    }

    private static func updates(_ facts: LedgerFacts, in context: PageContext) -> [EquationView] {
        let words = context.words
        let bodies = EquationView(
            title: words("ledger.bodies"), total: .init(label: words("ledger.received"), count: facts.bodies.received),
            parts: [
                .init(label: words("ledger.interpreted"), count: facts.bodies.interpreted),
                .init(label: words("ledger.waiting"), count: facts.bodies.waiting, tone: .waiting),
                .init(
                    label: words("ledger.unrouted"), count: facts.bodies.unrouted,
                    url: UnroutedFilter(kind: .body).url(), tone: .waiting),
            ], in: context)
        return [
            bodies,
            equation(of: facts.messages, title: words("ledger.messages"), kind: .message, in: context),
            equation(of: facts.statuses, title: words("ledger.statuses"), kind: .status, in: context),
            equation(of: facts.others, title: words("ledger.others"), kind: .other, in: context),
        ]
    }

    private static func equation(
        of updates: LedgerFacts.Updates, title: String, kind: UnroutedFilter.Kind, in context: PageContext
    ) -> EquationView {
        let words = context.words
        return EquationView(
            title: title, total: .init(label: words("ledger.received"), count: updates.received),
            parts: [
                .init(label: words("ledger.stored"), count: updates.stored),
                .init(label: words("ledger.duplicates"), count: updates.duplicates),
                .init(
                    label: words("ledger.unrouted"), count: updates.unrouted, url: UnroutedFilter(kind: kind).url(),
                    tone: .waiting),
            ], in: context)
    }

    private static func equation(of connection: LedgerFacts.Connection, in context: PageContext) -> EquationView {
        let words = context.words
        let dead = QueryText.url("/dead-letters", [("connection", connection.id.description)])
        return EquationView(
            title: connection.name, total: .init(label: words("ledger.exchanged"), count: connection.stored),
            parts: [
                .init(label: words("ledger.recorded"), count: connection.recorded),
                .init(label: words("ledger.waiting"), count: connection.waiting, tone: .waiting),
                .init(label: words("ledger.dead"), count: connection.dead, url: dead, tone: .failed),
                .init(
                    label: words("ledger.notApplicable"), count: connection.notApplicable.reduce(0) { $0 + $1.count }),
            ], in: context)
    }
}
