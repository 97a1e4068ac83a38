package import Domain

/// How far merging has made the data smaller.
package struct DuplicateFigures: Equatable, Sendable {
    /// People there are today.
    package let living: Int
    /// Contacts that were merged into others.
    package let merged: Int
    /// Merges by the weightiest of their reasons, the most frequent first.
    package let byReason: [(reason: DuplicateReason.Kind, count: Int)]
    package let open: ListCount
    package let dismissed: ListCount

    /// Contacts there would be without any merge.
    package var before: Int { living + merged }

    /// Of all contacts, how many were duplicates, in hundredths of a percent.
    package var shareMerged: Int { before == 0 ? 0 : (merged * 10_000 + before / 2) / before }

    package static func == (lhs: Self, rhs: Self) -> Bool {
        lhs.living == rhs.living && lhs.merged == rhs.merged && lhs.open == rhs.open && lhs.dismissed == rhs.dismissed
            && lhs.byReason.elementsEqual(rhs.byReason) { $0 == $1 }
    }
}

extension Store {
    package func duplicateFigures(in workspace: WorkspaceID) async throws -> DuplicateFigures {
        try await database.read(on: .console) { connection in
            func count(_ condition: String) throws -> Int {
                try connection.value(
                    "SELECT COUNT(*) AS n FROM contact WHERE workspace_id = :workspace_id AND \(condition)",
                    ["workspace_id": workspace]) ?? 0
            }
            func pairs(_ state: DuplicateSummary.State) throws -> ListCount {
                try connection.count(
                    "FROM duplicate WHERE workspace_id = :workspace_id AND state = :state",
                    ["workspace_id": workspace, "state": state])
            }
            let reasons = try connection.rows(
                """
                SELECT reason, COUNT(*) AS merges FROM duplicate
                WHERE workspace_id = :workspace_id AND state = 'merged'
                GROUP BY reason ORDER BY merges DESC, reason
                """, ["workspace_id": workspace])
            return DuplicateFigures(
                living: try count("merged_into IS NULL"), merged: try count("merged_into IS NOT NULL"),
                byReason: try reasons.compactMap { row in
                    guard let reason = DuplicateReason.Kind(rawValue: try row.get("reason")) else { return nil }
                    return (reason, try row.get("merges"))
                },
                open: try pairs(.open), dismissed: try pairs(.dismissed))
        }
    }
}
