package import Domain

/// A back-fill of one CRM connection, as pages and programs show it.
package struct Backfill: Sendable {
    package let id: BackfillID
    package let workspace: WorkspaceID
    package let connection: ConnectionID
    package let state: BackfillState
    package let phase: BackfillPhase
    package let options: BackfillOptions
    /// Of the phase; nil at its beginning.
    package let cursor: String?
    /// On their way to the CRM.
    let batch: [ContactID]
    package let counts: BackfillCounts
    /// Of this phase.
    package let done: Int
    /// Of this phase; nil while nobody can tell.
    package let expected: Int?
    /// A second; 0 while nobody can tell.
    package let rate: Double
    /// Why it waits; nil while it goes on.
    package let trouble: LocalizedText?
    package let actor: String
    package let changeID: ChangeID?
    /// What it wrote here, and whether that was put back.
    package var change: ChangeSummary?
    package let startedAt: Timestamp
    package let phaseAt: Timestamp
    package let updatedAt: Timestamp
    package let endedAt: Timestamp?

    /// How much of this phase is done, 0 to 1; nil while nobody can tell.
    package var share: Double? { state.isOver ? 1 : Self.share(done, of: expected) }

    /// A CRM may have more than it said: then nobody can tell any more.
    package static func share(_ done: Int, of expected: Int?) -> Double? {
        guard let expected, expected > 0, done <= expected else { return nil }
        return Double(done) / Double(expected)
    }

    /// Until this phase is done; nil while nobody can tell.
    package var left: Duration? {
        guard state == .running, trouble == nil, rate > 0, let expected, expected > done else { return nil }
        return .seconds(Double(expected - done) / rate)
    }

    /// Whether what it wrote here can be put back now.
    package func isUndoable(at now: Timestamp) -> Bool {
        state.isOver && (change?.isUndoable(at: now) ?? false)
    }
}

extension Backfill {
    static let columns = """
        id, workspace_id, connection_id, state, phase, options, cursor, batch, counts, done, expected, rate, trouble, actor,
            change_id, started_at, phase_at, updated_at, ended_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        connection = try row.get("connection_id")
        state = try row.get("state")
        phase = try row.get("phase")
        options = try row.json("options")
        cursor = try row.get("cursor")
        batch = try row.json("batch")
        counts = try row.json("counts")
        done = try row.get("done")
        expected = try row.get("expected")
        rate = try row.get("rate")
        trouble = try row.jsonIfPresent("trouble")
        actor = try row.get("actor")
        changeID = try row.get("change_id")
        startedAt = try row.get("started_at")
        phaseAt = try row.get("phase_at")
        updatedAt = try row.get("updated_at")
        endedAt = try row.get("ended_at")
    }
}
