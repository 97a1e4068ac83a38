import Domain
import Store

extension LedgerFacts {
    init(_ ledger: Ledger, _ past: LedgerPast) {
        let names = Dictionary(uniqueKeysWithValues: ledger.connections.map { ($0.connection, $0.shownName) })
        self.init(
            bodies: Bodies(
                received: ledger.bodies.received, interpreted: ledger.bodies.interpreted,
                waiting: ledger.bodies.waiting, unrouted: ledger.bodies.unrouted),
            messages: Updates(ledger.messages), statuses: Updates(ledger.statuses), others: Updates(ledger.others),
            connections: ledger.connections.map(Connection.init),
            delays: past.delays.compactMap { DelayFacts($0, names: names) },
            minutes: past.minutes.map(MinuteFacts.init))
    }
}

extension LedgerFacts.Updates {
    fileprivate init(_ updates: Ledger.Updates) {
        self.init(
            received: updates.received, stored: updates.stored, duplicates: updates.duplicates,
            unrouted: updates.unrouted)
    }
}

extension LedgerFacts.Connection {
    fileprivate init(_ records: Ledger.Records) {
        self.init(
            id: records.connection, name: records.shownName, stored: records.stored, recorded: records.recorded,
            waiting: records.waiting, dead: records.dead,
            notApplicable: [(reason: .notForTheCRM, count: records.notApplicable)])
    }
}

extension Ledger.Records {
    fileprivate var shownName: String { CRMName.shown(name, kind: kind) }
}

extension LocalizedText {
    fileprivate static let notForTheCRM = LocalizedText(
        en: "history, notes of WhatsApp’s own, or dismissed by a person",
        es: "historial, avisos del propio WhatsApp o descartados por una persona")
}

extension DelayFacts {
    /// Nil for a hop that nothing took in this time.
    fileprivate init?(_ summary: DelaySummary, names: [ConnectionID: String]) {
        guard let p50 = summary.p50, let p95 = summary.p95, let p99 = summary.p99 else { return nil }
        let hop: Hop
        switch summary.hop {
        case .stored: hop = .interpretation
        case .recorded(let id): hop = .record(connection: names[id] ?? id.description)
        case .sent: hop = .send
        // The ledger is of messages; a connection's own page tells those of contacts.
        case .taken, .given: return nil
        }
        self.init(
            hop: hop, count: summary.count, p50: p50.wholeMilliseconds, p95: p95.wholeMilliseconds,
            p99: p99.wholeMilliseconds, target: Self.target(of: summary.hop))
    }

    /// In milliseconds, for 99 of 100: stored and decided in a fifth of a second; in the CRM, and with WhatsApp, in a
    /// second.
    private static func target(of hop: DelaySummary.Hop) -> Int64 {
        switch hop {
        case .stored: 200
        case .recorded, .taken, .given, .sent: 1000
        }
    }
}

extension MinuteFacts {
    /// With several CRMs the one that has most: each gets every message.
    fileprivate init(_ minute: LedgerMinute) {
        self.init(
            at: minute.at, received: minute.messages + minute.accepted, recorded: minute.recorded.values.max() ?? 0)
    }
}
