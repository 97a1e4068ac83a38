import Domain
import Hummingbird
import Pipeline
import Store

/// The page of one connection: how it does, and a comparison of everything.
struct ConnectionController: Sendable {
    let checks: CheckBoard

    func add(to routes: ConsoleRoutes) {
        routes.get("/connections/{id}") { visit in
            let crm = try await ConnectionVisit(visit)
            let health = ConnectionHealthFacts(try await crm.desk.health(of: crm.crm, in: crm.workspace))
            let done = visit.flash(of: .connection).flatMap { ConnectionPage.Command(rawValue: $0.command) }
            return try await visit.answer(
                ConnectionPage(crm.head, health, standing: try await standing(crm), done: done, in: visit.page),
                at: .connections)
        }
        routes.get("/fragments/connections/{id}") { visit in
            let crm = try await ConnectionVisit(visit)
            let health = ConnectionHealthFacts(try await crm.desk.health(of: crm.crm, in: crm.workspace))
            return try await visit.answer(
                ConnectionHealthView(crm.head, health, standing: try await standing(crm), in: visit.page))
        }
        routes.post("/connections/{id}/comparisons") { _, visit in
            try visit.requireAdmin()
            let crm = try await ConnectionVisit(visit)
            try await crm.desk.compareAll(of: crm.crm.id, in: crm.workspace)
            return visit.redirect(
                crm.head.url(), telling: FlashNotice(.connection, ConnectionPage.Command.comparisons.rawValue))
        }
    }

    private func standing(_ crm: ConnectionVisit) async throws -> ConnectionFacts? {
        try await ConnectionsReading(crm.visit).crms(checks).first { $0.id == crm.crm.id.description }
    }
}

extension ConnectionHealthFacts {
    init(_ health: ConnectionHealth) {
        self.init(
            waiting: health.waiting.value, oldestDue: health.oldestDue, delay: Delay(health.delay),
            takenDelay: Delay(health.takenDelay), givenDelay: Delay(health.givenDelay),
            errors: Errors(
                failed: health.errors.failed, all: health.errors.all, isTooHigh: health.errors.isTooHigh,
                limit: Int((SyncErrors.limit * 10_000).rounded())),
            rate: health.rateLeft.map {
                Rate(
                    remaining: $0.remaining, limit: $0.limit, interval: $0.interval,
                    dailyRemaining: $0.dailyRemaining, dailyLimit: $0.dailyLimit)
            },
            lastSweep: health.lastSweepAt, nextSweep: health.nextSweepAt, sweepEvery: health.sweepEvery,
            comparison: Comparison(health), due: health.sync.due.value, decisions: health.sync.decisions.value,
            changes: Dictionary(
                health.sync.changes.map { (SyncChangeFacts.Kind($0.key), $0.value) }, uniquingKeysWith: { $1 }))
    }
}

extension ConnectionHealthFacts.Delay {
    fileprivate init?(_ delay: DelaySummary?) {
        guard let p50 = delay?.p50, let p95 = delay?.p95 else { return nil }
        self.init(p50: p50, p95: p95)
    }
}

extension ConnectionHealthFacts.Comparison {
    fileprivate init(_ health: ConnectionHealth) {
        guard let walk = health.walk else {
            self = .none
            return
        }
        if let progress = health.progress {
            self = .running(done: progress.done, all: progress.all)
        } else if let ended = walk.endedAt {
            self = .ended(at: ended, next: health.nextComparisonAt)
        } else {
            self = .due
        }
    }
}
