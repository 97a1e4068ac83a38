package import Domain

/// What a look at the lanes asks this node to do.
package struct LaneChanges: Equatable, Sendable {
    /// Taken in this look: work them.
    package var taken: [LaneGrip] = []
    /// Ours no longer, by the rule that spreads lanes, or lost: finish what is in hand and release them.
    package var unwanted: [Lane] = []
}

extension Store {
    /// Takes the lanes that fall to this node and that nobody alive holds; names those that fall to another. Frees what
    /// the database says that this node has, and what it neither works nor is to work: a release that failed.
    ///
    /// - Parameter held: the lanes this node works now, or whose last calls are ending.
    package func rebalance(_ lease: NodeLease, held: [LaneGrip]) async throws -> LaneChanges {
        let clock = now()
        return try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            let alive = try connection.rows(
                "SELECT number FROM node WHERE lease_until > :now AND is_leaving = 0 ORDER BY number", ["now": now]
            ).map { try $0.get("number", as: Int.self) }
            guard alive.contains(lease.number) else { return LaneChanges(unwanted: held.map(\.lane)) }
            var changes = LaneChanges()
            for row in try connection.rows(
                "SELECT id, workspace_id, node, epoch, is_enabled FROM lane ORDER BY id", [:])
            {
                try connection.rebalance(try LaneRow(row), lease: lease, alive: alive, held: held, into: &changes)
            }
            // What a node that fell silent said of the destination.
            for grip in changes.taken { try connection.clearAwayAlarm(of: grip.lane, in: grip.workspace, at: clock) }
            return changes
        }
    }

    package func release(_ grip: LaneGrip) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            guard try connection.free(grip.lane, node: grip.node, epoch: grip.epoch) else { return }
            try connection.clearAwayAlarm(of: grip.lane, in: grip.workspace, at: now)
        }
    }
}

private struct LaneRow {
    let lane: Lane?
    let id: String
    let workspace: WorkspaceID?
    let node: Int?
    let epoch: Int64
    let isEnabled: Bool

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        lane = Lane(id)
        workspace = try row.get("workspace_id")
        node = try row.get("node")
        epoch = try row.get("epoch")
        isEnabled = try row.get("is_enabled")
    }
}

extension SQLConnection {
    fileprivate func rebalance(
        _ row: LaneRow, lease: NodeLease, alive: [Int], held: [LaneGrip], into changes: inout LaneChanges
    ) throws {
        // A lane of a kind that a newer release made is left to nodes that know it.
        guard let lane = row.lane else { return }
        let isHeld = held.contains { $0.lane == lane && $0.epoch == row.epoch && row.node == lease.number }
        let isOurs = row.isEnabled && Rendezvous.node(for: row.id, among: alive) == lease.number
        if held.contains(where: { $0.lane == lane }), !isHeld || !isOurs { return changes.unwanted.append(lane) }
        guard !isHeld, row.node.map({ !alive.contains($0) || $0 == lease.number }) ?? true else { return }
        guard isOurs || row.node == lease.number, try isFreeToChange(lane) else { return }
        guard isOurs else {
            try free(lane, node: lease.number, epoch: row.epoch)
            return
        }
        let epoch = row.epoch + 1
        let isTaken = try execute(
            """
            UPDATE lane SET node = :node, epoch = :epoch
            WHERE id = :lane AND epoch = :old_epoch
            """,
            ["node": lease.number, "epoch": epoch, "lane": row.id, "old_epoch": row.epoch])
        guard isTaken == 1 else { return }
        changes.taken.append(LaneGrip(lane: lane, workspace: row.workspace, node: lease.number, epoch: epoch))
    }

    /// A transaction of the former owner may still hold the lane (it hangs, and is ended soon). Who waits for it cannot
    /// renew the own lease meanwhile: the next look is a second away.
    private func isFreeToChange(_ lane: Lane) throws -> Bool {
        try value("SELECT 1 FROM lane WHERE id = :lane \(dialect.skipLocked)", ["lane": lane], as: Int.self) != nil
    }

    /// - Returns: whether it was held so.
    @discardableResult
    fileprivate func free(_ lane: Lane, node: Int, epoch: Int64) throws -> Bool {
        try execute(
            "UPDATE lane SET node = NULL WHERE id = :lane AND node = :node AND epoch = :epoch",
            ["lane": lane, "node": node, "epoch": epoch]) == 1
    }

    /// Makes the lane known, so that a node takes it up at its next look.
    func ensureLane(_ lane: Lane, workspace: WorkspaceID?, isEnabled: Bool = true) throws {
        try execute(
            """
            INSERT INTO lane (id, workspace_id, is_enabled) VALUES (:id, :workspace_id, :is_enabled)
            ON CONFLICT (id) DO UPDATE SET is_enabled = excluded.is_enabled
            """,
            ["id": lane, "workspace_id": workspace, "is_enabled": isEnabled])
    }
}
