package import Domain

extension Store {
    /// Suggestions, the surest first. Of the open ones those that wait in a list that is being merged are left out.
    package func duplicates(
        _ state: DuplicateSummary.State = .open, atLeast score: Int = 1, before: ListPosition? = nil,
        limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<DuplicateSummary> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "d")
            conditions.add("d.state = :state", "state", state)
            if score > 1 { conditions.add("d.score >= :score", "score", score) }
            if state == .open { conditions.add("(d.batch_id IS NULL OR d.failure IS NOT NULL)") }
            conditions.add(before: before, key: "d.score", id: "d.id")
            conditions.set("limit", limit + 1)
            let found = try connection.duplicates(
                "\(conditions.sql) ORDER BY d.score DESC, d.id DESC LIMIT :limit", conditions.arguments, in: workspace)
            return ListPage(fetched: found, limit: limit) {
                ListPosition(key: Int64($0.score), id: $0.id.rawValue)
            }
        }
    }

    package func duplicate(_ id: DuplicateID, in workspace: WorkspaceID) async throws -> DuplicateSummary? {
        try await duplicates([id], in: workspace).first
    }

    /// Those that there are, in the order asked for.
    package func duplicates(
        _ ids: [DuplicateID], in workspace: WorkspaceID
    ) async throws -> [DuplicateSummary] {
        guard !ids.isEmpty else { return [] }
        return try await database.read(on: .console) { connection in
            let list = SQLValueList("id", ids)
            let found = try connection.duplicates(
                "WHERE d.workspace_id = :workspace_id AND d.id IN \(list.sql)",
                list.arguments(["workspace_id": workspace]), in: workspace)
            let byID = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
            return ids.compactMap { byID[$0] }
        }
    }

    /// Somebody says that these are two people: they are suggested no more, and WhatsApp's word does not join them.
    /// - Returns: how many were open.
    @discardableResult
    package func dismissDuplicates(
        _ ids: [DuplicateID], by actor: String, in workspace: WorkspaceID
    ) async throws -> Int {
        try await settle(ids, from: .open, to: .dismissed, by: actor, in: workspace)
    }

    /// Takes a dismissal back.
    /// - Returns: how many were dismissed.
    @discardableResult
    package func reopenDuplicates(
        _ ids: [DuplicateID], by actor: String, in workspace: WorkspaceID
    ) async throws -> Int {
        try await settle(ids, from: .dismissed, to: .open, by: nil, in: workspace)
    }

    private func settle(
        _ ids: [DuplicateID], from: DuplicateSummary.State, to: DuplicateSummary.State, by actor: String?,
        in workspace: WorkspaceID
    ) async throws -> Int {
        guard !ids.isEmpty else { return 0 }
        let settledAt = actor.map { _ in now() }
        return try await database.write(on: .work) { connection in
            try connection.executeMany(
                """
                UPDATE duplicate
                SET state = :to, settled_at = :settled_at, settled_by = :actor, batch_id = NULL, winner_id = NULL,
                    failure = NULL
                WHERE workspace_id = :workspace_id AND id = :id AND state = :from
                """,
                ids.sorted().map {
                    [
                        "to": to, "settled_at": settledAt, "actor": actor, "workspace_id": workspace, "id": $0,
                        "from": from,
                    ]
                })
        }
    }
}
