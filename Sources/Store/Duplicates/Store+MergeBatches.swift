package import Domain

extension Store {
    /// Takes on a reviewed list. What is not open any more, or waits in another list, is left out.
    /// - Throws: `conflict` with the detail `nothing_to_merge` when nothing is left of it.
    package func mergeDuplicates(
        _ reviewed: [ReviewedDuplicate], by actor: String, in workspace: WorkspaceID
    ) async throws -> MergeBatch {
        let now = now()
        let id: MergeBatchID = ids.next()
        return try await database.write(on: .work) { connection in
            let taken = try connection.executeMany(
                """
                UPDATE duplicate SET batch_id = :batch, winner_id = :winner, failure = NULL
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'open'
                    AND (batch_id IS NULL OR failure IS NOT NULL) AND (contact_a = :winner OR contact_b = :winner)
                """,
                reviewed.sorted { $0.duplicate < $1.duplicate }.map {
                    ["batch": id, "winner": $0.winner, "workspace_id": workspace, "id": $0.duplicate]
                })
            guard taken > 0 else { throw PuenteError.nothingToMerge }
            try connection.execute(
                """
                INSERT INTO merge_batch (id, workspace_id, state, actor, total, created_at)
                VALUES (:id, :workspace_id, 'running', :actor, :total, :now)
                """, ["id": id, "workspace_id": workspace, "actor": actor, "total": taken, "now": now])
            guard let batch = try connection.mergeBatch(id, in: workspace) else { throw PuenteError.noBatch }
            return batch
        }
    }

    /// Begins to undo a whole list, the last merge first.
    /// - Throws: `notFound`; `conflict` with the detail `batch_not_done`.
    package func undoMergeBatch(_ id: MergeBatchID, by actor: String, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            guard try connection.mergeBatch(id, in: workspace) != nil else { throw PuenteError.noBatch }
            let begun = try connection.execute(
                """
                UPDATE merge_batch SET state = 'undoing', undone_by = :actor, finished_at = NULL
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'done'
                """, ["actor": actor, "workspace_id": workspace, "id": id])
            guard begun == 1 else { throw PuenteError.batchNotDone }
        }
    }

    package func mergeBatch(_ id: MergeBatchID, in workspace: WorkspaceID) async throws -> MergeBatch? {
        try await database.read(on: .console) { try $0.mergeBatch(id, in: workspace) }
    }

    /// The newest lists.
    package func mergeBatches(limit: Int = 5, in workspace: WorkspaceID) async throws -> [MergeBatch] {
        try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT \(MergeBatch.columns) FROM merge_batch WHERE workspace_id = :workspace_id
                ORDER BY id DESC LIMIT :limit
                """, ["workspace_id": workspace, "limit": limit]
            ).map(MergeBatch.init)
        }
    }

    /// The pairs of a list, in its order.
    package func duplicates(
        of batch: MergeBatchID, limit: Int = 200, in workspace: WorkspaceID
    ) async throws -> [DuplicateSummary] {
        try await database.read(on: .console) { connection in
            try connection.duplicates(
                "WHERE d.workspace_id = :workspace_id AND d.batch_id = :batch ORDER BY d.id LIMIT :limit",
                ["workspace_id": workspace, "batch": batch, "limit": limit], in: workspace)
        }
    }

    /// Lists that are at work, with their workspaces.
    package func busyMergeBatches() async throws -> [(batch: MergeBatchID, workspace: WorkspaceID)] {
        try await database.read(on: .work) { connection in
            try connection.rows(
                "SELECT id, workspace_id FROM merge_batch WHERE state IN ('running', 'undoing') ORDER BY id", [:]
            ).map { (try $0.get("id"), try $0.get("workspace_id")) }
        }
    }
}

extension SQLConnection {
    func mergeBatch(_ id: MergeBatchID, in workspace: WorkspaceID) throws -> MergeBatch? {
        try row(
            "SELECT \(MergeBatch.columns) FROM merge_batch WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": id]
        ).map(MergeBatch.init)
    }
}
