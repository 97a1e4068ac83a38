package import Domain

extension Store {
    /// Undoes a merge and says what pages and couriers must hear of it.
    /// - Throws: as ``undo(_:in:by:)``; `notFound` also for a change that is no merge.
    @discardableResult
    package func undoMerge(
        _ id: ChangeID, by actor: String, in workspace: WorkspaceID
    ) async throws -> (change: ChangeSummary, report: RecordReport) {
        guard let known = try await change(id, in: workspace), known.kind == .merge else { throw PuenteError.noChange }
        let detail = try JSONText.decode(MergeDetail.self, from: known.detail)
        let change = try await undo(id, in: workspace, by: actor)
        return (change, try await report(on: [detail.winner, detail.loser], in: workspace))
    }

    /// All of it in one transaction: nobody sees half of a person.
    func putBack(
        _ change: ChangeSummary, by undo: ChangeUndo, _ connection: any SQLConnection, in workspace: WorkspaceID
    ) throws -> ChangeSummary? {
        let now = now()
        let detail = try JSONText.decode(MergeDetail.self, from: change.detail)
        try connection.lockPeople([detail.winner, detail.loser], in: workspace)
        while try !undo.putBackSlice() {}
        let merge = try MergeUndo(change, detail, store: self, on: connection, in: workspace, at: now)
        try merge.settle()
        try connection.execute(
            "UPDATE change SET state = 'undone', undone_at = :now WHERE workspace_id = :workspace_id AND id = :id",
            ["now": now, "workspace_id": workspace, "id": change.id])
        return try connection.change(change.id, in: workspace)
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
