package import Domain

/// What happened in one minute.
package struct LedgerMinute: Equatable, Sendable {
    /// When the minute began.
    package let at: Timestamp
    /// Webhook bodies of the installation.
    package let bodies: Int
    /// New messages out of webhooks.
    package let messages: Int
    package let statuses: Int
    /// Messages of ours that Meta accepted.
    package let accepted: Int
    /// Messages written into CRMs, by connection; one without any is absent.
    package let recorded: [ConnectionID: Int]
}

/// How long a hop took.
package struct DelaySummary: Equatable, Sendable {
    package enum Hop: Hashable, Sendable {
        /// From the arrival of a body until its facts were stored.
        case stored
        /// From the arrival of a message until it stood in the CRM.
        case recorded(ConnectionID)
        /// From the last change of a record in the CRM, by its clock, until Puente had taken it over.
        case taken(ConnectionID)
        /// From a change of a contact in Puente until the CRM had accepted it.
        case given(ConnectionID)
        /// From the command until Meta accepted the message.
        case sent
    }

    package let hop: Hop
    /// How many were measured; without any there are no percentiles.
    package let count: Int
    package let p50: Duration?
    package let p95: Duration?
    package let p99: Duration?
}

extension Store {
    package func ledger(in workspace: WorkspaceID) async throws -> Ledger {
        try await database.read(on: .console) { connection in
            try LedgerReader(connection: connection, workspace: workspace).read()
        }
    }

    /// The last minutes, oldest first, the present one included; a minute in which nothing happened is there, too.
    /// - Parameters:
    ///   - count: 1 to 10,080, as long as figures by the minute are kept.
    ///   - step: how many minutes are added up to one; whole steps since 1970, the first may so begin a bit earlier.
    package func ledgerMinutes(
        _ count: Int = 60, step: Int = 1, in workspace: WorkspaceID
    ) async throws -> [LedgerMinute] {
        let step = Int64(min(max(step, 1), 1440))
        let asked = minutes(count)
        let range = (asked.lowerBound - asked.lowerBound % step)...asked.upperBound
        return try await database.read(on: .console) { connection in
            let crms = try LedgerReader(connection: connection, workspace: workspace).connections().map(\.connection)
            let kinds = ["bodies.received", "messages.stored", "statuses.stored", "sends.accepted"]
            let counts = try CounterReader(connection: connection, workspace: workspace).minutes(
                range, step: step, of: kinds + crms.map { "crm.\($0).recorded" })
            return stride(from: range.lowerBound, through: range.upperBound, by: Int(step)).map {
                LedgerMinute(minute: $0, counts: counts[$0] ?? [:], crms: crms)
            }
        }
    }

    /// Percentiles of each hop over the last minutes, each right within 12.5 %.
    package func delays(overMinutes count: Int = 60, in workspace: WorkspaceID) async throws -> [DelaySummary] {
        let range = minutes(count)
        return try await database.read(on: .console) { connection in
            let crms = try LedgerReader(connection: connection, workspace: workspace).connections().map(\.connection)
            let hops = [.stored] + crms.map(DelaySummary.Hop.recorded) + [.sent]
            let buckets = try connection.delayBuckets(of: hops.map(\.key), range, in: workspace)
            return hops.map { DelaySummary(hop: $0, buckets: buckets[$0.key] ?? [:]) }
        }
    }

    /// The same of contacts' changes, from the CRM and to it.
    package func contactDelays(
        of crm: ConnectionID, overMinutes count: Int = 60, in workspace: WorkspaceID
    ) async throws -> (taken: DelaySummary, given: DelaySummary) {
        let (taken, given) = (DelaySummary.Hop.taken(crm), DelaySummary.Hop.given(crm))
        let range = minutes(count)
        return try await database.read(on: .console) { connection in
            let buckets = try connection.delayBuckets(of: [taken.key, given.key], range, in: workspace)
            return (
                DelaySummary(hop: taken, buckets: buckets[taken.key] ?? [:]),
                DelaySummary(hop: given, buckets: buckets[given.key] ?? [:])
            )
        }
    }

    private func minutes(_ count: Int) -> ClosedRange<Int64> {
        let last = now().milliseconds / 60_000
        return (last - Int64(min(max(count, 1), 10_080)) + 1)...last
    }
}

extension LedgerMinute {
    fileprivate init(minute: Int64, counts: [String: Int], crms: [ConnectionID]) {
        at = Timestamp(milliseconds: minute * 60_000)
        bodies = counts["bodies.received"] ?? 0
        messages = counts["messages.stored"] ?? 0
        statuses = counts["statuses.stored"] ?? 0
        accepted = counts["sends.accepted"] ?? 0
        recorded = crms.reduce(into: [:]) { $0[$1] = counts["crm.\($1).recorded"] }
    }
}

extension DelaySummary {
    fileprivate init(hop: Hop, buckets: [Int: Int]) {
        func percentile(_ share: Double) -> Duration? {
            DelayBuckets.percentile(share, of: buckets).map { .milliseconds($0) }
        }
        self.hop = hop
        count = buckets.values.reduce(0, +)
        p50 = percentile(0.50)
        p95 = percentile(0.95)
        p99 = percentile(0.99)
    }
}

extension DelaySummary.Hop {
    /// As the table names it.
    var key: String {
        switch self {
        case .stored: "stored"
        case .recorded(let crm): "crm.\(crm)"
        case .taken(let crm): "crm.\(crm).taken"
        case .given(let crm): "crm.\(crm).given"
        case .sent: "sent"
        }
    }
}

extension SQLConnection {
    fileprivate func delayBuckets(
        of hops: [String], _ minutes: ClosedRange<Int64>, in workspace: WorkspaceID
    ) throws -> [String: [Int: Int]] {
        let list = SQLValueList("hop", hops)
        return try rows(
            """
            SELECT hop, bucket, CAST(SUM(count) AS BIGINT) AS count FROM delay
            WHERE workspace_id IN (\(CounterReader.nobody), :workspace_id) AND hop IN \(list.sql)
                AND minute BETWEEN \(minutes.lowerBound) AND \(minutes.upperBound)
            GROUP BY hop, bucket
            """, list.arguments(["workspace_id": workspace])
        ).reduce(into: [:]) {
            $0[try $1.get("hop"), default: [:]][try $1.get("bucket")] = try $1.get("count", as: Int.self)
        }
    }
}
