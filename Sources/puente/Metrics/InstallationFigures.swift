import Domain
import Store

/// What the database knows. Every node shows the same: take the maximum over nodes, not the sum.
struct InstallationFigures: Sendable {
    private typealias Labels = [(String, String)]

    let store: Store

    func samples() async throws -> [MetricSample] {
        let gauges = try await store.gauges()
        var samples = jobs(gauges) + state(gauges)
        for workspace in gauges.workspaces {
            let ledger = try await store.ledger(in: workspace)
            let delays = try await store.delays(overMinutes: 5, in: workspace)
            // One workspace, as the configuration makes it, needs no label.
            let place: Labels = gauges.workspaces.count == 1 ? [] : [("workspace", workspace.description)]
            samples += updates(ledger, place) + sends(ledger.sends, place)
            for records in ledger.connections { samples += self.records(records, place) }
            let names = Dictionary(ledger.connections.map { ($0.connection, $0.name) }, uniquingKeysWith: { $1 })
            for delay in delays { samples += percentiles(delay, names, place) }
        }
        return samples
    }

    private func jobs(_ gauges: InstallationGauges) -> [MetricSample] {
        let now = store.now()
        var samples: [MetricSample] = []
        for jobs in gauges.jobs {
            samples.append(.figure("puente_jobs", [("kind", jobs.kind), ("state", jobs.state)], jobs.count))
            guard let oldest = jobs.oldestDue else { continue }
            let waited = Double((now - oldest).wholeMilliseconds) / 1000
            samples.append(.gauge("puente_jobs_oldest_due_seconds", [("kind", jobs.kind)], waited))
        }
        return samples
    }

    private func state(_ gauges: InstallationGauges) -> [MetricSample] {
        var samples: [MetricSample] = [
            .figure("puente_dead_letters_overdue", [], gauges.overdue),
            .figure("puente_unrouted_open", [], gauges.unrouted),
            .figure("puente_held", [], gauges.isHeld ? 1 : 0),
        ]
        for scope in PauseScope.allCases.map(\.rawValue) {
            samples.append(.figure("puente_pauses", [("scope", scope)], gauges.pauses[scope] ?? 0))
        }
        for (kind, count) in gauges.alarms {
            samples.append(.figure("puente_alarms_open", [("kind", kind)], count))
        }
        return samples + connections(gauges.connectionAlarms)
    }

    private func connections(_ alarms: [ConnectionAlarm]) -> [MetricSample] {
        let counts = Dictionary(alarms.map { ([$0.connection, $0.kind], 1) }, uniquingKeysWith: +)
        return counts.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { labels, count in
            .figure("puente_connection_alarms_open", [("connection", labels[0]), ("kind", labels[1])], count)
        }
    }

    // MARK: The ledger

    private func updates(_ ledger: Ledger, _ place: Labels) -> [MetricSample] {
        func figure(_ kind: String, _ state: String, _ count: Int) -> MetricSample {
            .figure("puente_ledger", place + [("kind", kind), ("state", state)], count)
        }
        var samples = [
            figure("bodies", "received", ledger.bodies.received),
            figure("bodies", "interpreted", ledger.bodies.interpreted),
            figure("bodies", "waiting", ledger.bodies.waiting), figure("bodies", "unrouted", ledger.bodies.unrouted),
        ]
        for (kind, updates) in [
            ("messages", ledger.messages), ("statuses", ledger.statuses), ("others", ledger.others),
        ] {
            samples.append(figure(kind, "received", updates.received))
            samples.append(figure(kind, "duplicates", updates.duplicates))
            samples.append(figure(kind, "stored", updates.stored))
            samples.append(figure(kind, "unrouted", updates.unrouted))
        }
        return samples
    }

    private func sends(_ sends: Ledger.Sends, _ place: Labels) -> [MetricSample] {
        let results = [("accepted", sends.accepted), ("failed", sends.failed), ("uncertain", sends.uncertain)]
        return results.map { MetricSample.figure("puente_sends", place + [("result", $0.0)], $0.1) }
    }

    private func records(_ records: Ledger.Records, _ place: Labels) -> [MetricSample] {
        let states = [
            ("stored", records.stored), ("recorded", records.recorded), ("waiting", records.waiting),
            ("dead", records.dead), ("not_applicable", records.notApplicable),
        ]
        return states.map { state, count in
            MetricSample.figure("puente_records", place + [("connection", records.name), ("state", state)], count)
        }
    }

    private func percentiles(
        _ delay: DelaySummary, _ names: [ConnectionID: String], _ place: Labels
    ) -> [MetricSample] {
        var labels = place
        switch delay.hop {
        case .stored: labels.append(("hop", "stored"))
        case .sent: labels.append(("hop", "sent"))
        case .recorded(let id): labels += [("hop", "recorded"), ("connection", names[id] ?? id.description)]
        case .taken(let id): labels += [("hop", "taken"), ("connection", names[id] ?? id.description)]
        case .given(let id): labels += [("hop", "given"), ("connection", names[id] ?? id.description)]
        }
        var samples: [MetricSample] = []
        for (quantile, value) in [("0.5", delay.p50), ("0.95", delay.p95), ("0.99", delay.p99)] {
            guard let value else { continue }
            let seconds = Double(value.wholeMilliseconds) / 1000
            samples.append(.gauge("puente_delay_seconds", labels + [("quantile", quantile)], seconds))
        }
        return samples
    }
}
