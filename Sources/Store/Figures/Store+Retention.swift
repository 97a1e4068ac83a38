package import Domain

/// How long things are kept.
package struct Retention: Sendable {
    package var rawBodies: Duration = .days(30)
    /// Nil keeps messages for ever. A pruned message is known by a keyed hash for 30 days more.
    package var messages: Duration?
    package var completedJobs: Duration = .days(1)
    package var minuteFigures: Duration = .days(7)
    package var idempotencyKeys: Duration = .hours(24)
    package var trail: Duration = .days(365)
    /// Longer than any throttle remembers them.
    package var signInFailures: Duration = .days(1)
    /// Rows in one transaction, so that nothing else waits long.
    package var slice = 1000

    package init() {}
}

extension Store {
    /// Deletes one slice of what is past its time.
    /// - Returns: how many rows went; zero when there is nothing left to delete.
    package func pruneSlice(_ retention: Retention) async throws -> Int {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            var count = 0
            var counters = CounterDeltas()
            for sql in Pruning.statements {
                let bound = sql.bound(sql.before(now, retention), on: connection.dialect)
                let rows = try connection.execute(sql.text, ["before": bound, "limit": retention.slice])
                if let counter = sql.counter, rows > 0 { counters.add(counter, rows) }
                count += rows
            }
            if let age = retention.messages {
                let pruning = MessagePruning(store: store, connection: connection, now: now)
                count += try pruning.prune(before: now - age, limit: retention.slice, counters: &counters)
            }
            try counters.write(connection, at: now, node: store.ids.node)
            return count
        }
    }
}

private struct Pruning {
    let text: String
    let before: @Sendable (Timestamp, Retention) -> Timestamp
    /// Whether the rows are found by their ids, which begin with their time.
    var isByID = false
    /// What the ledger needs to agree with the tables afterwards.
    var counter: String?

    /// On PostgreSQL the tables of ids are cut into days, which go as a whole: see ``DayPartitions``. Deleted row by row
    /// is only what such a day has to leave behind.
    func bound(_ before: Timestamp, on dialect: SQLDialect) -> Int64 {
        guard isByID else { return before.milliseconds }
        switch dialect {
        case .sqlite: return IDGenerator.lowest(at: before)
        case .postgres: return DayPartition(table: "", holding: before).lower
        }
    }

    static let statements = [
        Pruning(
            text: """
                DELETE FROM intake WHERE id IN (
                    SELECT id FROM intake WHERE state = 'interpreted' AND id < :before LIMIT :limit
                )
                """,
            before: { $0 - $1.rawBodies }, isByID: true, counter: "bodies.pruned"),
        Pruning(
            text: """
                DELETE FROM job WHERE id IN (
                    SELECT id FROM job WHERE state = 'completed' AND changed_at < :before LIMIT :limit
                )
                """, before: { $0 - $1.completedJobs }),
        Pruning(
            text: """
                DELETE FROM trail WHERE id IN (SELECT id FROM trail WHERE id < :before LIMIT :limit)
                """, before: { $0 - $1.trail }, isByID: true),
        Pruning(
            text: "DELETE FROM counter WHERE minute >= 0 AND minute < :before / 60000 AND :limit > 0",
            before: { $0 - $1.minuteFigures }),
        Pruning(
            text: "DELETE FROM delay WHERE minute < :before / 60000 AND :limit > 0", before: { $0 - $1.minuteFigures }),
        Pruning(text: "DELETE FROM seen WHERE expires_at < :before AND :limit > 0", before: { now, _ in now }),
        Pruning(text: "DELETE FROM session WHERE expires_at < :before AND :limit > 0", before: { now, _ in now }),
        Pruning(
            text: "DELETE FROM idempotency WHERE created_at < :before AND :limit > 0",
            before: { $0 - $1.idempotencyKeys }),
        Pruning(
            text: "DELETE FROM first_contact WHERE at < :before AND :limit > 0", before: { now, _ in now - .days(2) }),
        Pruning(
            text: "DELETE FROM sign_in_failure WHERE last_at < :before AND :limit > 0",
            before: { $0 - $1.signInFailures }),
    ]
}
