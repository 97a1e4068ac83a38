package import Domain

/// A node's hold on a lane. Every claim, mark and outcome carries it; when it no longer stands in the database,
/// somebody else works the lane, and nothing is written.
package struct LaneGrip: Hashable, Sendable {
    package let lane: Lane
    package let workspace: WorkspaceID?
    package let node: Int
    package let epoch: Int64

    package init(lane: Lane, workspace: WorkspaceID?, node: Int, epoch: Int64) {
        self.lane = lane
        self.workspace = workspace
        self.node = node
        self.epoch = epoch
    }
}

/// The lane has another owner. Whoever meets this stops working on it.
package struct LaneLost: Error, Equatable, Sendable {
    package let lane: Lane
}

extension SQLConnection {
    /// The grip must hold until this transaction has committed.
    /// - Throws: `LaneLost` when it does not.
    func require(_ grip: LaneGrip) throws {
        let row = try row(
            "SELECT epoch FROM lane WHERE id = :lane AND node = :node AND epoch = :epoch \(dialect.forShare)",
            ["lane": grip.lane, "node": grip.node, "epoch": grip.epoch])
        guard row != nil else { throw LaneLost(lane: grip.lane) }
    }
}
