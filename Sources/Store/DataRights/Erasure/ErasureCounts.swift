import Domain

/// How much of each kind went, added up in one transaction.
struct ErasureCounts {
    private(set) var counts: [Erasure.Kind: Int] = [:]

    mutating func add(_ kind: Erasure.Kind, _ count: Int) {
        if count > 0 { counts[kind, default: 0] += count }
    }
}

extension SQLConnection {
    func add(_ counts: ErasureCounts, to erasure: ErasureID, in workspace: WorkspaceID) throws {
        guard !counts.counts.isEmpty else { return }
        let row = try row(
            "SELECT counts FROM erasure WHERE workspace_id = :workspace_id AND id = :id \(dialect.forUpdate)",
            ["workspace_id": workspace, "id": erasure])
        guard var sums: [String: Int] = try row?.json("counts") else { return }
        for (kind, count) in counts.counts { sums[kind.rawValue, default: 0] += count }
        try execute(
            "UPDATE erasure SET counts = :counts WHERE workspace_id = :workspace_id AND id = :id",
            ["counts": try JSONText.encode(sums), "workspace_id": workspace, "id": erasure])
    }
}
