import Domain
import Hummingbird
import Store

/// The ledger: what came in, and where it is.
struct LedgerController: Sendable {
    private let cache = LedgerCache()

    func add(to routes: ConsoleRoutes) {
        routes.get("/ledger") { visit in
            let span = Self.span(visit)
            return try await visit.answer(
                LedgerPage(try await facts(span, visit), span: span, in: visit.page), at: .ledger)
        }
        routes.get("/fragments/ledger") { visit in
            let span = Self.span(visit)
            return try await visit.answer(
                LedgerFigures(try await facts(span, visit), span: span, in: visit.page))
        }
    }

    private static func span(_ visit: Visit) -> LedgerPage.Span {
        visit.query("span").flatMap { LedgerPage.Span(rawValue: $0) } ?? .hour
    }

    private func facts(_ span: LedgerPage.Span, _ visit: Visit) async throws -> LedgerFacts {
        let store = visit.store
        let workspace = visit.workspace
        let ledger = try await store.ledger(in: workspace)
        let past = try await cache.figures(of: span, in: workspace, now: visit.page.now) {
            LedgerPast(
                minutes: try await store.ledgerMinutes(span.minutes, step: span.step, in: workspace),
                delays: try await store.delays(overMinutes: span.minutes, in: workspace))
        }
        return LedgerFacts(ledger, past)
    }
}

extension LedgerPage.Span {
    fileprivate var minutes: Int {
        switch self {
        case .hour: 60
        case .day: 1440
        case .week: 10_080
        }
    }

    /// How many minutes one column of the chart holds.
    fileprivate var step: Int {
        switch self {
        case .hour: 1
        case .day: 15
        case .week: 60
        }
    }

    /// How old the figures of the past may be: adding a week up takes longer than an hour, and changes less.
    fileprivate var freshness: Duration {
        switch self {
        case .hour: .seconds(1)
        case .day: .seconds(15)
        case .week: .seconds(60)
        }
    }
}

/// What happened over a span of time.
struct LedgerPast: Sendable {
    let minutes: [LedgerMinute]
    let delays: [DelaySummary]
}

/// Keeps what was added up, since every open page asks for the same.
actor LedgerCache {
    private struct Key: Hashable {
        let workspace: WorkspaceID
        let span: LedgerPage.Span
    }

    private var kept: [Key: (past: LedgerPast, at: Timestamp)] = [:]

    func figures(
        of span: LedgerPage.Span, in workspace: WorkspaceID, now: Timestamp,
        read: @Sendable () async throws -> LedgerPast
    ) async throws -> LedgerPast {
        let key = Key(workspace: workspace, span: span)
        if let known = kept[key], now - known.at < span.freshness, now >= known.at { return known.past }
        let past = try await read()
        kept[key] = (past, now)
        return past
    }
}
