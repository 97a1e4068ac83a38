import Domain

/// Rows of one table that go when their time is over, found through an index.
struct PruneStep: Sendable {
    /// What the ledger needs to agree with the tables afterwards. Rows of a workspace count there.
    enum Counter: Sendable {
        case none
        case named(String)
        /// What the row holds in the column stands between prefix and suffix.
        case byColumn(String, prefix: String, suffix: String)
        case ofWorkspace(String)
    }

    struct Slice {
        var rows = 0
        /// The highest id that went; 0 where rows have none.
        var last: Int64 = 0
        var counters = CounterDeltas()
    }

    let table: String
    var key = "id"
    /// With `:before`; one that leaves older rows where they are also with `:after`, so that they are passed once.
    let condition: String
    let before: @Sendable (Timestamp, Retention) -> Timestamp
    /// Whether the rows are found by their ids, which begin with their time.
    var isByID = false
    /// Cut into days on PostgreSQL, which go as a whole: see ``DayPartitions``. Deleted row by row is only what such a day
    /// has to leave behind, and what goes with the rows of one.
    var isByDay = false
    var counter = Counter.none

    func delete(
        on connection: any SQLConnection, _ retention: Retention, after: Int64, at now: Timestamp
    ) throws -> Slice {
        var arguments: SQLArguments = [
            "before": bound(before(now, retention), on: connection.dialect), "limit": retention.slice,
        ]
        if condition.contains(":after") { arguments.set("after", after) }
        if key.contains(",") { return try deleteEach(on: connection, arguments) }
        let rows = try connection.rows(
            """
            DELETE FROM \(table) WHERE (\(key)) IN (
                SELECT \(key) FROM \(table) WHERE \(condition) \(isByID ? "ORDER BY id" : "") LIMIT :limit
            )
            RETURNING \(returned)
            """, arguments)
        var slice = Slice(rows: rows.count)
        if isByID { slice.last = try rows.map { try $0.get("id", as: Int64.self) }.max() ?? 0 }
        try count(rows, into: &slice.counters)
        return slice
    }

    /// Where several columns are the key, SQLite would look for it by the first alone: through all rows of a workspace.
    private func deleteEach(on connection: any SQLConnection, _ arguments: SQLArguments) throws -> Slice {
        let rows = try connection.rows("SELECT \(key) FROM \(table) WHERE \(condition) LIMIT :limit", arguments)
        guard let columns = rows.first?.columns else { return Slice() }
        try connection.executeMany(
            // Asked again, since the row may have been made anew since.
            "DELETE FROM \(table) WHERE \(columns.map { "\($0) = :\($0) AND " }.joined())(\(condition))",
            rows.map { row in
                SQLArguments(
                    zip(columns, row.values).map { (name: $0, value: $1) }
                        + arguments.pairs.filter { $0.name == "before" }
                )
            })
        return Slice(rows: rows.count)
    }

    private func bound(_ before: Timestamp, on dialect: SQLDialect) -> Int64 {
        switch (isByID, isByDay && dialect == .postgres) {
        case (_, true): DayPartition(table: table, holding: before).lower
        case (true, false): IDGenerator.lowest(at: before)
        case (false, false): before.milliseconds
        }
    }

    private var returned: String {
        let column: String? =
            switch counter {
            case .none, .named: nil
            case .byColumn(let column, _, _): column
            case .ofWorkspace: "workspace_id"
            }
        return [isByID ? "id" : nil, column].compactMap(\.self).joined(separator: ", ").nonEmpty ?? "1 AS gone"
    }

    private func count(_ rows: [SQLRow], into counters: inout CounterDeltas) throws {
        switch counter {
        case .none: break
        case .named(let name): if !rows.isEmpty { counters.add(name, rows.count) }
        case .byColumn(let column, let prefix, let suffix):
            for row in rows { counters.add("\(prefix)\(try row.get(column, as: String.self))\(suffix)", 1) }
        case .ofWorkspace(let name):
            for row in rows { counters.add(name, 1, workspace: try row.get("workspace_id")) }
        }
    }
}

extension PruneStep {
    /// Dead letters are not among them: each goes with its message, or when a person has settled it.
    static let all = [
        // What somebody may still want to have interpreted again is kept.
        PruneStep(
            table: "intake",
            condition: """
                state IN ('interpreted', 'quarantined') AND id > :after AND id < :before AND NOT EXISTS (
                    SELECT 1 FROM unrouted u WHERE u.intake_id = intake.id AND u.state = 'open'
                )
                """,
            before: { $0 - $1.rawBodies }, isByID: true, isByDay: true, counter: .named("bodies.pruned")),
        // Those that were routed have left the ledger.
        PruneStep(
            table: "unrouted", condition: "state <> 'open' AND state = 'dismissed' AND settled_at < :before",
            before: { $0 - $1.rawBodies }, counter: .byColumn("kind", prefix: "unrouted.", suffix: ".pruned")),
        PruneStep(
            table: "unrouted", condition: "state <> 'open' AND state = 'routed' AND settled_at < :before",
            before: { $0 - $1.rawBodies }),
        PruneStep(
            table: "job",
            condition: """
                state = 'completed' AND changed_at < :before
                    AND (answer_by IS NULL OR kind NOT IN ('crm.contact', 'crm.update'))
                """,
            before: { $0 - $1.completedJobs }),
        // What a person put away, and a CRM may refuse again: known by then, it stays away.
        PruneStep(
            table: "job", condition: "state = 'completed' AND changed_at < :before",
            before: { $0 - max($1.completedJobs, .days(30)) }),
        PruneStep(table: "trail", condition: "id < :before", before: { $0 - $1.trail }, isByID: true, isByDay: true),
        // After its entry, which else would say that it was for somebody erased.
        PruneStep(
            table: "search_note", condition: "id < :before", before: { $0 - $1.trail }, isByID: true, isByDay: true),
        PruneStep(table: "sync_change", condition: "id < :before", before: { $0 - $1.trail }, isByID: true),
        // That somebody was erased is kept as long as who did it.
        PruneStep(
            table: "erasure", condition: "state = 'done' AND id < :before", before: { $0 - $1.trail }, isByID: true),
        PruneStep(
            table: "erasure_notice", key: "workspace_id, erasure_id, connection_id", condition: "at < :before",
            before: { $0 - $1.trail }),
        PruneStep(
            table: "notice", condition: "id < :before", before: { $0 - $1.trail }, isByID: true,
            counter: .ofWorkspace("others.pruned")),
        PruneStep(
            table: "status_event", condition: "message_id IS NULL AND id < :before", before: { $0 - $1.stray },
            isByID: true, counter: .ofWorkspace("statuses.pruned")),
        PruneStep(
            table: "message_version", condition: "message_id IS NULL AND id < :before", before: { $0 - $1.stray },
            isByID: true, counter: .ofWorkspace("others.pruned")),
        PruneStep(
            table: "webhook_delivery", condition: "id < :before", before: { $0 - $1.toldFor }, isByID: true),
        PruneStep(table: "webhook_event", condition: "id < :before", before: { $0 - $1.toldFor }, isByID: true),
        PruneStep(table: "alarm", condition: "cleared_at < :before", before: { $0 - $1.stray }),
        PruneStep(
            table: "counter", key: "workspace_id, kind, minute, node",
            condition: "minute >= 0 AND minute < :before / 60000", before: { $0 - $1.minuteFigures }),
        PruneStep(
            table: "delay", key: "workspace_id, hop, minute, node, bucket", condition: "minute < :before / 60000",
            before: { $0 - $1.minuteFigures }),
        PruneStep(
            table: "seen", key: "workspace_id, hash", condition: "expires_at < :before", before: { now, _ in now }),
        PruneStep(
            table: "session", key: "token_hash", condition: "expires_at < :before", before: { now, _ in now }),
        PruneStep(
            table: "idempotency", key: "workspace_id, api_key_id, key",
            condition: "api_key_id <> 0 AND created_at < :before", before: { $0 - $1.idempotencyKeys }),
        PruneStep(
            table: "idempotency", key: "workspace_id, api_key_id, key",
            condition: "api_key_id = 0 AND created_at < :before", before: { $0 - $1.crmCommandKeys }),
        PruneStep(
            table: "first_contact", key: "workspace_id, portfolio_id, contact_id", condition: "at < :before",
            before: { now, _ in now - .days(2) }),
        PruneStep(
            table: "sign_in_failure", key: "subject", condition: "last_at < :before",
            before: { $0 - $1.signInFailures }),
    ]
}

extension Retention {
    fileprivate var toldFor: Duration { min(webhookEvents, messages ?? webhookEvents) }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
