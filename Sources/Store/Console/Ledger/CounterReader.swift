import Domain

/// Reads counters by their whole key: workspace, kind and minute, so that no index is walked.
struct CounterReader {
    /// The row that holds the sum of all times.
    static let total: Int64 = -1
    /// Bodies, and what found no workspace, are counted here.
    static let nobody: Int64 = 0

    let connection: any SQLConnection
    let workspace: WorkspaceID

    /// Sums over the nodes, and over the workspace and nobody's.
    func totals(of kinds: [String]) throws -> [String: Int] {
        try rows(of: kinds, "= \(Self.total)").reduce(into: [:]) { $0[$1.kind, default: 0] += $1.count }
    }

    /// By minute since 1970, for the minutes of the range; `step` minutes added up to the first of them.
    func minutes(_ range: ClosedRange<Int64>, step: Int64 = 1, of kinds: [String]) throws -> [Int64: [String: Int]] {
        try rows(of: kinds, "BETWEEN \(range.lowerBound) AND \(range.upperBound)", step: step).reduce(into: [:]) {
            $0[$1.minute, default: [:]][$1.kind, default: 0] += $1.count
        }
    }

    private struct Row {
        let kind: String
        let minute: Int64
        let count: Int
    }

    private func rows(of kinds: [String], _ minutes: String, step: Int64 = 1) throws -> [Row] {
        guard !kinds.isEmpty else { return [] }
        let list = SQLValueList("kind", kinds)
        return try connection.rows(
            """
            SELECT kind, minute - minute % \(step) AS minute, CAST(SUM(count) AS BIGINT) AS count FROM counter
            WHERE workspace_id IN (\(Self.nobody), :workspace_id) AND kind IN \(list.sql) AND minute \(minutes)
            GROUP BY kind, minute - minute % \(step)
            """, list.arguments(["workspace_id": workspace])
        ).map { Row(kind: try $0.get("kind"), minute: try $0.get("minute"), count: try $0.get("count")) }
    }
}
