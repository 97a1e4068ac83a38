import Domain
import Pipeline
import Store

extension ResourceViews {
    func syncChange(_ change: SyncChange) -> JSONObject {
        [
            "id": change.id, "contact": change.contact, "at": change.at, "field": change.local.rawValue,
            "remote_field": change.remote, "kind": change.kind.rawValue, "before": change.before,
            "after": change.after, "cause": change.cause.rawValue, "actor": change.actor,
            "put_back_at": change.putBackAt, "put_back_by": change.putBackBy,
        ]
    }

    func syncConflict(_ conflict: SyncConflict) -> JSONObject {
        [
            "id": conflict.id, "contact": conflict.contact, "field": conflict.local.rawValue,
            "remote_field": conflict.remote, "reason": conflict.refusal?.rawValue ?? "ask",
            "detail": conflict.refusal?.sentence[language], "ours": conflict.ours, "theirs": conflict.theirs,
            "agreed": conflict.agreed, "since": conflict.since,
        ]
    }

    func refusals(_ refusals: [SyncRefusal: Int]) -> [JSONObject] {
        refusals.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            ["reason": $0.key.rawValue, "detail": $0.key.sentence[language], "count": $0.value]
        }
    }

    func refused(_ refused: SyncPutBackReport.Refused) -> JSONObject {
        [
            "change": refused.change, "contact": refused.contact, "remote_field": refused.remote,
            "reason": refused.refusal.rawValue, "detail": refused.refusal.sentence[language],
        ]
    }

    func health(_ health: ConnectionHealth, of connection: ConnectionSummary) -> JSONObject {
        let changes: JSONObject = SyncChange.Kind.allCases.reduce(into: JSONObject()) {
            $0.append($1.rawValue, (health.sync.changes[$1] ?? 0).json)
        }
        return [
            "name": connection.name, "waiting": health.waiting.value, "oldest_due_at": health.oldestDue,
            "delay": delay(health.delay), "taken_delay": delay(health.takenDelay),
            "given_delay": delay(health.givenDelay),
            "errors": errors(health.errors), "rate_left": health.rateLeft.map { rate($0) },
            "last_sweep_at": health.lastSweepAt, "next_sweep_at": health.nextSweepAt,
            "sweep_every_ms": health.sweepEvery?.inMilliseconds, "comparison": comparison(health),
            "due": health.sync.due.value,
            "conflicts": health.sync.conflicts.value, "decisions": health.sync.decisions.value, "changes": changes,
        ]
    }

    /// Null where nothing was measured.
    private func delay(_ delay: DelaySummary?) -> JSONObject? {
        delay.map { delay in
            [
                "count": delay.count, "p50_ms": delay.p50?.inMilliseconds, "p95_ms": delay.p95?.inMilliseconds,
                "p99_ms": delay.p99?.inMilliseconds,
            ]
        }
    }

    private func errors(_ errors: SyncErrors) -> JSONObject {
        [
            "failed": errors.failed, "recorded": errors.recorded, "kept": errors.kept, "share": errors.share,
            "limit": SyncErrors.limit,
        ]
    }

    private func rate(_ rate: RateLeft) -> JSONObject {
        [
            "remaining": rate.remaining, "limit": rate.limit, "interval_ms": rate.interval.inMilliseconds,
            "daily_remaining": rate.dailyRemaining, "daily_limit": rate.dailyLimit,
        ]
    }

    /// Null where the connection has no mapping.
    private func comparison(_ health: ConnectionHealth) -> JSONObject? {
        guard let walk = health.walk else { return nil }
        let isRunning = walk.position != nil
        return [
            "state": isRunning ? "running" : walk.endedAt == nil ? "due" : "ended", "ended_at": walk.endedAt,
            "next_at": health.nextComparisonAt, "contacts_done": health.progress?.done,
            "contacts": health.progress?.all,
        ]
    }
}
