import Domain

/// How long hops took, gathered in a transaction: counts in buckets, so that percentiles of any span can be read.
struct DelayDeltas {
    private struct Key: Hashable {
        let workspace: WorkspaceID?
        let hop: String
        let bucket: Int
    }

    private var counts: [Key: Int] = [:]

    mutating func add(_ hop: String, from start: Timestamp, to end: Timestamp, workspace: WorkspaceID?) {
        let bucket = DelayBuckets.index(ofMilliseconds: (end - start).wholeMilliseconds)
        counts[Key(workspace: workspace, hop: hop, bucket: bucket), default: 0] += 1
    }

    func write(_ connection: any SQLConnection, at now: Timestamp, node: Int) throws {
        let minute = now.milliseconds / 60_000
        let rows = counts.sorted { ($0.key.hop, $0.key.bucket) < ($1.key.hop, $1.key.bucket) }.map {
            key, count -> SQLArguments in
            [
                "workspace_id": key.workspace?.rawValue ?? 0, "hop": key.hop, "minute": minute, "node": node,
                "bucket": key.bucket, "count": count,
            ]
        }
        try connection.executeMany(
            """
            INSERT INTO delay (workspace_id, hop, minute, node, bucket, count)
            VALUES (:workspace_id, :hop, :minute, :node, :bucket, :count)
            ON CONFLICT (workspace_id, hop, minute, node, bucket) DO UPDATE SET count = delay.count + excluded.count
            """, rows)
    }
}
