package import Domain

/// What one step of a list did.
package struct MergeBatchStep: Sendable {
    package let hasMore: Bool
    package let report: RecordReport
}

extension Store {
    /// Merges the next pair of a list, or undoes the last one that stands. A pair that cannot be merged keeps its reason and
    /// stops no other.
    package func goOnWithMergeBatch(_ id: MergeBatchID, in workspace: WorkspaceID) async throws -> MergeBatchStep {
        guard let batch = try await mergeBatch(id, in: workspace), batch.isBusy else {
            return MergeBatchStep(hasMore: false, report: RecordReport())
        }
        guard let next = try await nextOfBatch(batch, in: workspace) else {
            try await end(batch, in: workspace)
            return MergeBatchStep(hasMore: false, report: RecordReport())
        }
        let report =
            batch.state == .running
            ? try await merge(next, of: batch, in: workspace)
            : try await separate(next, of: batch, in: workspace)
        return MergeBatchStep(hasMore: true, report: report)
    }

    /// While it is undone the last merge comes first: a merge is undone before those that it came after.
    private func nextOfBatch(_ batch: MergeBatch, in workspace: WorkspaceID) async throws -> DuplicateSummary? {
        try await database.read(on: .work) { connection in
            let isMerging = batch.state == .running
            return try connection.duplicates(
                """
                WHERE d.workspace_id = :workspace_id AND d.batch_id = :batch AND d.state = :state
                    AND d.failure IS NULL
                ORDER BY \(isMerging ? "d.id" : "d.change_id DESC") LIMIT 1
                """,
                [
                    "workspace_id": workspace, "batch": batch.id,
                    "state": isMerging ? DuplicateSummary.State.open : .merged,
                ], in: workspace
            ).first
        }
    }

    /// People who were merged by an earlier pair of the list are followed: of three that are one, each pair merges.
    private func merge(
        _ duplicate: DuplicateSummary, of batch: MergeBatch, in workspace: WorkspaceID
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        let chosen = duplicate.winner ?? duplicate.a.id
        let loser = chosen == duplicate.a.id ? duplicate.b.id : duplicate.a.id
        do {
            return try await database.write(on: .work) { connection in
                // Somebody may have decided otherwise since it was read.
                try connection.lockPeople([chosen, loser], in: workspace)
                guard try connection.isWaiting(duplicate.id, in: batch.id, workspace) else { return RecordReport() }
                let merge = try store.merge(
                    loser, into: chosen, choices: MergeChoices(), draft: MergeDraft(actor: batch.actor), connection,
                    in: workspace, at: now)
                var report = merge.report
                report.lanes.formUnion(
                    try connection.tellCRMs(of: chosen, in: workspace, store: store, at: now))
                try connection.note("merged", of: batch.id, in: workspace)
                return report
            }
        } catch let error as PuenteError {
            try await fail(duplicate.id, error.message, "failed", of: batch.id, in: workspace)
        } catch let error as SQLError where !error.isOfTheDatabase {
            try await fail(duplicate.id, .same("\(error)"), "failed", of: batch.id, in: workspace)
        }
        return RecordReport()
    }

    private func separate(
        _ duplicate: DuplicateSummary, of batch: MergeBatch, in workspace: WorkspaceID
    ) async throws -> RecordReport {
        do {
            guard let change = duplicate.change else { throw PuenteError.noChange }
            let undone = try await undoMerge(change, by: batch.undoneBy ?? batch.actor, in: workspace)
            try await database.write(on: .work) { connection in
                try connection.note("undone", of: batch.id, in: workspace)
            }
            return undone.report
        } catch let error as PuenteError {
            try await fail(duplicate.id, error.message, "kept", of: batch.id, in: workspace)
        } catch let error as SQLError where !error.isOfTheDatabase {
            try await fail(duplicate.id, .same("\(error)"), "kept", of: batch.id, in: workspace)
        }
        return RecordReport()
    }

    private func fail(
        _ duplicate: DuplicateID, _ reason: LocalizedText, _ column: String, of batch: MergeBatchID,
        in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "UPDATE duplicate SET failure = :failure WHERE workspace_id = :workspace_id AND id = :id",
                ["failure": try JSONText.encode(reason), "workspace_id": workspace, "id": duplicate])
            try connection.note(column, of: batch, in: workspace)
        }
    }

    /// What was begun meanwhile is not ended with it. A pair of the list that is open still waits for nobody any more.
    private func end(_ batch: MergeBatch, in workspace: WorkspaceID) async throws {
        let now = now()
        let ended: MergeBatch.State = batch.state == .running ? .done : .undone
        try await database.write(on: .work) { connection in
            let hasEnded = try connection.execute(
                """
                UPDATE merge_batch SET state = :ended, finished_at = :now
                WHERE workspace_id = :workspace_id AND id = :id AND state = :state
                """, ["ended": ended, "now": now, "workspace_id": workspace, "id": batch.id, "state": batch.state])
            guard hasEnded == 1 else { return }
            try connection.execute(
                """
                UPDATE duplicate SET batch_id = NULL, winner_id = NULL
                WHERE workspace_id = :workspace_id AND batch_id = :batch AND state = 'open' AND failure IS NULL
                """, ["workspace_id": workspace, "batch": batch.id])
        }
    }
}

extension SQLConnection {
    /// Whether the pair is still to be merged by the list; it stays so until the transaction ends.
    fileprivate func isWaiting(
        _ duplicate: DuplicateID, in batch: MergeBatchID, _ workspace: WorkspaceID
    ) throws -> Bool {
        try row(
            """
            SELECT id FROM duplicate
            WHERE workspace_id = :workspace_id AND id = :id AND batch_id = :batch AND state = 'open'
                AND failure IS NULL \(dialect.forUpdate)
            """, ["workspace_id": workspace, "id": duplicate, "batch": batch]) != nil
    }

    /// - Parameter column: of ours, which counts what became of it.
    fileprivate func note(_ column: String, of batch: MergeBatchID, in workspace: WorkspaceID) throws {
        try execute(
            "UPDATE merge_batch SET \(column) = \(column) + 1 WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": batch])
    }
}
