import Domain
import Proving

extension Line {
    /// How much is there when the server is killed.
    private static let kills = [0.2, 0.6]

    static let backfill = Line(
        number: 15, title: "back-fill of a CRM's contacts, killed twice by kill -9", market: "–",
        target: "complete, none twice", crms: ConnectorKind.readable
    ) { settings in
        try await BenchInstallation.run(settings) { installation in
            let people = settings.people
            let patience: Duration = .seconds(120 + people / 20)
            try await installation.makeCrowd(people)
            let start = ContinuousClock.now
            try await installation.startBackfill()
            var (peak, interruptions) = (0.0, 0)
            for share in kills {
                let seen = try await installation.wait(atMost: patience) {
                    $0.isDone || $0.counts.made >= Int(Double(people) * share)
                }
                if !seen.isDone { interruptions += 1 }
                peak = max(peak, installation.peakMegabytes)
                try await installation.restart(killing: true)
            }
            try await installation.wait(atMost: patience, forBackfill: \.isDone)
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            peak = max(peak, installation.peakMegabytes)
            let found = try await installation.books.people()
            return [
                Figure("contacts", Double(people), ""),
                Figure("interrupted", Double(interruptions), "times", .atLeast(Double(kills.count))),
                Figure("rate, kills and starts among it", Double(people) / seconds, "/s"),
                Figure("peak memory of the server", peak, "MB"),
                Figure("complete", Double(min(found.records, found.phones)) / Double(people) * 100, "%", .atLeast(100)),
                Figure("made twice", Double(max(0, found.contacts - found.records)), "", .atMost(0)),
            ]
        }
    }
}

extension BenchInstallation {
    fileprivate var peakMegabytes: Double {
        Double(ProcessFigures(pid: server.pid)?.peakResidentBytes ?? 0) / 1_048_576
    }
}
