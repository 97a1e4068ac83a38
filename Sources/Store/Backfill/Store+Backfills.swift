package import Domain

/// What people do with a back-fill. The work itself is done by the node that holds the connection's lane.
extension Store {
    /// The newest of a connection; nil where there was none.
    package func backfill(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> Backfill? {
        try await database.read(on: .console) { try $0.newestBackfill(of: crm, in: workspace) }
    }

    /// - Parameter options: checked, and with something to do.
    /// - Throws: `conflict` with the detail `backfill_at_work` while there is one that has not ended.
    package func startBackfill(
        _ options: BackfillOptions, of crm: ConnectionID, in workspace: WorkspaceID, by actor: String
    ) async throws -> Backfill {
        guard let phase = options.phases.first else { throw PuenteError.nothingToBackfill }
        let (id, now) = (ids.next(BackfillRow.self), now())
        return try await database.write(on: .console) { connection in
            let made = try connection.execute(
                """
                INSERT INTO backfill
                    (id, workspace_id, connection_id, state, phase, options, counts, actor, started_at, phase_at,
                     updated_at)
                VALUES
                    (:id, :workspace_id, :connection_id, 'running', :phase, :options, :counts, :actor, :now, :now, :now)
                ON CONFLICT DO NOTHING
                """,
                [
                    "id": id, "workspace_id": workspace, "connection_id": crm, "phase": phase,
                    "options": try JSONText.encode(options), "counts": try JSONText.encode(BackfillCounts()),
                    "actor": actor, "now": now,
                ])
            guard made == 1, let backfill = try connection.backfill(id, in: workspace) else {
                throw PuenteError.backfillAtWork
            }
            return backfill
        }
    }

    /// Nothing of it is done until a person has it go on.
    package func pauseBackfill(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await step(crm, in: workspace, from: [.running]) { connection, backfill, now in
            try connection.set(backfill, ["state": BackfillState.paused, "rate": 0.0], at: now)
        }
    }

    package func resumeBackfill(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await step(crm, in: workspace, from: [.paused]) { connection, backfill, now in
            try connection.set(backfill, ["state": BackfillState.running, "trouble": String?.none], at: now)
        }
    }

    /// Ends it where it is. What it did stays, as a change that is complete in itself.
    package func stopBackfill(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await step(crm, in: workspace, from: [.running, .paused]) { connection, backfill, now in
            try connection.end(backfill, as: .stopped, at: now)
        }
    }

    private func step(
        _ crm: ConnectionID, in workspace: WorkspaceID, from states: Set<BackfillState>,
        _ body: @escaping @Sendable (any SQLConnection, Backfill, Timestamp) throws -> Void
    ) async throws {
        let now = now()
        try await database.write(on: .console) { connection in
            guard let backfill = try connection.newestBackfill(of: crm, in: workspace, locking: true) else {
                throw PuenteError.noBackfill
            }
            guard states.contains(backfill.state) else { throw PuenteError.backfillMovedOn }
            try body(connection, backfill, now)
        }
    }
}

extension SQLConnection {
    func newestBackfill(
        of crm: ConnectionID, in workspace: WorkspaceID, locking: Bool = false
    ) throws -> Backfill? {
        let row = try row(
            """
            SELECT \(Backfill.columns) FROM backfill
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            ORDER BY id DESC LIMIT 1 \(locking ? dialect.forUpdate : "")
            """, ["workspace_id": workspace, "connection_id": crm])
        return try row.map { try whole(Backfill($0)) }
    }

    func backfill(_ id: BackfillID, in workspace: WorkspaceID, locking: Bool = false) throws -> Backfill? {
        let row = try row(
            """
            SELECT \(Backfill.columns) FROM backfill
            WHERE workspace_id = :workspace_id AND id = :id \(locking ? dialect.forUpdate : "")
            """, ["workspace_id": workspace, "id": id])
        return try row.map { try whole(Backfill($0)) }
    }

    private func whole(_ backfill: Backfill) throws -> Backfill {
        var backfill = backfill
        backfill.change = try backfill.changeID.flatMap { try change($0, in: backfill.workspace) }
        return backfill
    }

    /// - Parameter columns: of the table, beside `updated_at`.
    func set(_ backfill: Backfill, _ columns: SQLArguments, at now: Timestamp) throws {
        let sets = columns.pairs.map { ", \($0.name) = :\($0.name)" }.joined()
        try execute(
            "UPDATE backfill SET updated_at = :now\(sets) WHERE workspace_id = :workspace_id AND id = :id",
            columns.and(["now": now, "workspace_id": backfill.workspace, "id": backfill.id]))
    }

    /// What it has written so far is all of its change. One that has written nothing leaves no trace.
    func end(_ backfill: Backfill, as state: BackfillState, at now: Timestamp) throws {
        try set(
            backfill, ["state": state, "ended_at": now, "batch": "[]", "trouble": String?.none, "rate": 0.0], at: now)
        guard let change = backfill.changeID else { return }
        let key: SQLArguments = ["workspace_id": backfill.workspace, "id": change]
        let gone = try execute(
            "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id AND state = 'open' AND rows = 0", key)
        guard gone == 0 else { return try set(backfill, ["change_id": ChangeID?.none], at: now) }
        try execute(
            "UPDATE change SET state = 'done' WHERE workspace_id = :workspace_id AND id = :id AND state = 'open'", key)
    }
}
