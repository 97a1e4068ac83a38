package import Domain

/// What became of a step of a back-fill.
package enum BackfillStep: Equatable, Sendable {
    /// There is more.
    case wentOn
    /// What was handed over before is to be done first.
    case waits
    /// This phase is over; another may follow.
    case ended
    /// A person paused or stopped it.
    case stopped
}

/// What the node does that holds the connection's lane. Each step is one transaction: what it does, and how far it is, stand
/// or fall together, so that whoever goes on begins exactly there.
extension Store {
    /// The one that is to go on; nil while there is none.
    package func runningBackfill(_ grip: LaneGrip) async throws -> Backfill? {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return nil }
        return try await database.read(on: .work) { connection in
            try connection.row(
                """
                SELECT \(Backfill.columns) FROM backfill
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND state = 'running'
                """, ["workspace_id": workspace, "connection_id": crm]
            ).map(Backfill.init)
        }
    }

    /// What there is to do in this phase; nil where the CRM does not say.
    package func expect(_ count: Int?, of backfill: Backfill, grip: LaneGrip) async throws {
        let now = now()
        try await work(on: backfill, grip) { try $0.set($1, ["expected": count], at: now) }
    }

    /// Why it waits, for people; nil: it goes on.
    package func noteTrouble(_ trouble: LocalizedText?, of backfill: Backfill, grip: LaneGrip) async throws {
        let (now, written) = (now(), try trouble.map(JSONText.encode))
        try await work(on: backfill, grip) { try $0.set($1, ["trouble": written, "rate": 0.0], at: now) }
    }

    /// - Parameter body: with the back-fill as it is now, locked.
    /// - Returns: nil when a person paused or stopped it, or it has moved on.
    @discardableResult
    func work<Value: Sendable>(
        on backfill: Backfill, _ grip: LaneGrip,
        _ body: @escaping @Sendable (any SQLConnection, Backfill) throws -> Value
    ) async throws -> Value? {
        try await database.write(on: .work, .inOrder) { connection in
            try connection.require(grip)
            guard let held = try connection.backfill(backfill.id, in: backfill.workspace, locking: true),
                held.state == .running, held.phase == backfill.phase
            else { return nil }
            return try body(connection, held)
        }
    }
}

extension SQLConnection {
    /// Notes how far a phase is, and begins the next one where it is over.
    /// - Parameter columns: beside those that every step sets.
    func advance(
        _ backfill: Backfill, counts: BackfillCounts, did: Int, rate: Double, isOver: Bool,
        _ columns: SQLArguments, at now: Timestamp
    ) throws -> BackfillStep {
        let common: SQLArguments = [
            "counts": try JSONText.encode(counts), "done": backfill.done + did, "rate": rate, "trouble": String?.none,
        ]
        try set(backfill, columns.and(common), at: now)
        guard isOver else { return .wentOn }
        if let next = backfill.options.phase(after: backfill.phase) {
            try set(
                backfill,
                [
                    "phase": next, "cursor": String?.none, "batch": "[]", "done": 0, "expected": Int?.none, "rate": 0.0,
                    "phase_at": now,
                ], at: now)
        } else {
            // What there was is known now.
            if backfill.expected != nil { try set(backfill, ["expected": backfill.done + did], at: now) }
            // As it is now: a change may have begun with this step.
            try end(try self.backfill(backfill.id, in: backfill.workspace) ?? backfill, as: .done, at: now)
        }
        return .ended
    }
}
