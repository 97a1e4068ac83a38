import Domain
import Store

/// What the database knows. Every node shows the same: take the maximum over nodes, not the sum.
struct InstallationFigures: Sendable {
    let store: Store

    func samples() async throws -> [MetricSample] {
        let gauges = try await store.gauges()
        var samples = jobs(gauges) + state(gauges)
        for workspace in gauges.workspaces {
            let ledger = try await store.ledger(in: workspace)
            let delays = try await store.delays(overMinutes: 5, in: workspace)
            let names = Dictionary(ledger.connections.map { ($0.connection, $0.name) }, uniquingKeysWith: { $1 })
            // One workspace, as the configuration makes it, needs no label.
            let place = gauges.workspaces.count == 1 ? [] : [("workspace", workspace.description)]
            samples += figures(ledger, place) + delays.flatMap { figures($0, names, place) }
        }
        return samples
    }

    private func jobs(_ gauges: InstallationGauges) -> [MetricSample] {
        let now = store.now()
        return gauges.jobs.flatMap { jobs -> [MetricSample] in
            let count = MetricSample.gauge("puente_jobs", [("kind", jobs.kind), ("state", jobs.state)], jobs.count)
            guard let oldest = jobs.oldestDue else { return [count] }
            let waited = Double((now - oldest).wholeMilliseconds) / 1000
            return [count, .gauge("puente_jobs_oldest_due_seconds", [("kind", jobs.kind)], waited)]
        }
    }

    private func state(_ gauges: InstallationGauges) -> [MetricSample] {
        [
            .gauge("puente_dead_letters_overdue", [], gauges.overdue),
            .gauge("puente_unrouted_open", [], gauges.unrouted),
            .gauge("puente_held", [], gauges.isHeld ? 1 : 0),
        ]
            + PauseScope.allCases.map {
                .gauge("puente_pauses", [("scope", $0.rawValue)], gauges.pauses[$0.rawValue] ?? 0)
            }
            + gauges.alarms.map { .gauge("puente_alarms_open", [("kind", $0.key)], $0.value) }
    }

    private func figures(_ ledger: Ledger, _ place: [(String, String)]) -> [MetricSample] {
        func figure(_ kind: String, _ state: String, _ count: Int) -> MetricSample {
            .gauge("puente_ledger", place + [("kind", kind), ("state", state)], count)
        }
        let updates = [("messages", ledger.messages), ("statuses", ledger.statuses), ("others", ledger.others)]
        return [
            figure("bodies", "received", ledger.bodies.received),
            figure("bodies", "interpreted", ledger.bodies.interpreted),
            figure("bodies", "waiting", ledger.bodies.waiting), figure("bodies", "unrouted", ledger.bodies.unrouted),
        ]
            + updates.flatMap { kind, updates in
                [
                    figure(kind, "received", updates.received), figure(kind, "duplicates", updates.duplicates),
                    figure(kind, "stored", updates.stored), figure(kind, "unrouted", updates.unrouted),
                ]
            }
            + [
                ("accepted", ledger.sends.accepted), ("failed", ledger.sends.failed),
                ("uncertain", ledger.sends.uncertain),
            ]
            .map { .gauge("puente_sends", place + [("result", $0.0)], $0.1) }
            + ledger.connections.flatMap { records(of: $0, place) }
    }

    private func records(of records: Ledger.Records, _ place: [(String, String)]) -> [MetricSample] {
        [
            ("stored", records.stored), ("recorded", records.recorded), ("waiting", records.waiting),
            ("dead", records.dead), ("not_applicable", records.notApplicable),
        ].map { .gauge("puente_records", place + [("connection", records.name), ("state", $0.0)], $0.1) }
    }

    private func figures(
        _ delay: DelaySummary, _ names: [ConnectionID: String], _ place: [(String, String)]
    ) -> [MetricSample] {
        var labels = place
        switch delay.hop {
        case .stored: labels.append(("hop", "stored"))
        case .sent: labels.append(("hop", "sent"))
        case .recorded(let id): labels += [("hop", "recorded"), ("connection", names[id] ?? id.description)]
        }
        return [("0.5", delay.p50), ("0.95", delay.p95), ("0.99", delay.p99)].compactMap { quantile, value in
            value.map {
                .gauge(
                    "puente_delay_seconds", labels + [("quantile", quantile)], Double($0.wholeMilliseconds) / 1000)
            }
        }
    }
}
