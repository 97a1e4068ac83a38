import Domain

/// What a transaction adds to the ledger's counters. Rows belong to a node, so that nodes never wait for each other.
struct CounterDeltas {
    private struct Key: Hashable {
        let workspace: WorkspaceID?
        let kind: String
    }

    private var counts: [Key: Int] = [:]

    mutating func add(_ kind: String, _ count: Int, workspace: WorkspaceID? = nil) {
        counts[Key(workspace: workspace, kind: kind), default: 0] += count
    }

    /// Each count goes into the row of its minute and into the row that holds the sum of all times.
    func write(_ connection: any SQLConnection, at now: Timestamp, node: Int) throws {
        let minute = now.milliseconds / 60_000
        let rows = counts.sorted {
            ($0.key.kind, $0.key.workspace?.rawValue ?? 0) < ($1.key.kind, $1.key.workspace?.rawValue ?? 0)
        }
        .flatMap { key, count in
            [minute, -1].map { minute -> SQLArguments in
                [
                    "workspace_id": key.workspace?.rawValue ?? 0, "kind": key.kind, "minute": minute, "node": node,
                    "count": count,
                ]
            }
        }
        try connection.executeMany(
            """
            INSERT INTO counter (workspace_id, kind, minute, node, count)
            VALUES (:workspace_id, :kind, :minute, :node, :count)
            ON CONFLICT (workspace_id, kind, minute, node) DO UPDATE SET count = counter.count + excluded.count
            """, rows)
    }
}
