package import Domain

extension Store {
    /// Undoes a merge and says what pages and couriers must hear of it.
    /// - Throws: as ``undo(_:in:by:)``; `notFound` also for a change that is no merge.
    @discardableResult
    package func undoMerge(
        _ id: ChangeID, by actor: String, in workspace: WorkspaceID
    ) async throws -> (change: ChangeSummary, report: RecordReport) {
        guard let known = try await change(id, in: workspace), known.kind == .merge else { throw PuenteError.noChange }
        let detail = try known.merge
        let change = try await undo(id, in: workspace, by: actor)
        return (change, try await report(on: [detail.winner, detail.loser], in: workspace))
    }

    /// As ``startUndo(_:in:by:)``, and says what pages and couriers must hear of it: of a merge, whose conversations changed
    /// hands. Other changes go back in slices, each of which tells the CRMs itself.
    @discardableResult
    package func startUndoTelling(
        _ id: ChangeID, in workspace: WorkspaceID, by actor: String
    ) async throws -> (change: ChangeSummary, report: RecordReport) {
        if try await change(id, in: workspace)?.kind == .merge {
            return try await undoMerge(id, by: actor, in: workspace)
        }
        return (try await startUndo(id, in: workspace, by: actor), RecordReport())
    }

    /// All of it in one transaction: nobody sees half of a person, and nobody merges them again in between.
    func undo(
        _ change: ChangeSummary, by actor: String, _ connection: any SQLConnection, in workspace: WorkspaceID,
        at now: Timestamp
    ) throws -> ChangeSummary {
        let detail = try change.merge
        try connection.lockPeople([detail.winner, detail.loser], in: workspace)
        try connection.requireNoLaterMerge(change, in: workspace)
        // Entries of consent that the merge wrote may go while it is undone, and at no other time.
        try connection.execute(
            """
            UPDATE change SET state = 'undoing', undone_by = :actor WHERE workspace_id = :workspace_id AND id = :id
            """, ["actor": actor, "workspace_id": workspace, "id": change.id])
        let undo = ChangeUndo(
            connection: connection, workspace: workspace, change: change.id, recomputesConsent: false)
        while try !undo.putBackSlice() {}
        try MergeUndo(change, detail, by: actor, store: self, on: connection, in: workspace, at: now).settle()
        try connection.execute(
            "UPDATE change SET state = 'undone', undone_at = :now WHERE workspace_id = :workspace_id AND id = :id",
            ["now": now, "workspace_id": workspace, "id": change.id])
        return try connection.change(change.id, in: workspace) ?? change
    }

    private func report(on contacts: [ContactID], in workspace: WorkspaceID) async throws -> RecordReport {
        try await database.read(on: .work) { connection in
            var report = RecordReport()
            report.workspaces = [workspace]
            for contact in contacts {
                let rows = try connection.rows(
                    "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :contact_id",
                    ["workspace_id": workspace, "contact_id": contact])
                report.conversations[workspace, default: []].formUnion(try rows.map { try $0.get("id") })
            }
            let lanes = try connection.rows(
                "SELECT id FROM connection WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
            report.lanes = Set(try lanes.map { Lane.connection(try $0.get("id")) })
            return report
        }
    }
}
