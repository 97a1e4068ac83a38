import Domain

extension SQLConnection {
    /// The renaming of a choice was put back. Whoever chose it under its new name meanwhile, or asks for it, gets the former
    /// name by a bulk action of its own: else they would keep what the field does not list. So does a field whose choices
    /// were changed otherwise since, which the undo left as it was.
    func renameWhatIsLeft(
        of change: ChangeSummary, in workspace: WorkspaceID, ids: IDGenerator, at now: Timestamp
    ) throws {
        guard let (id, from, to) = try renaming(of: change, in: workspace),
            let field = try field(id, lock: dialect.forShare, in: workspace)
        else { return }
        let hasFormer = field.choices.contains(from)
        guard hasFormer != field.choices.contains(to) else { return }
        guard try !hasFormer || isUsed(to, of: id, in: workspace) else { return }
        let action = BulkAction.renameChoice(field: id, from: to, to: from)
        let detail = try JSONText.encode(BulkProgress(action, .everybody, last: ids.next()))
        let title = try BulkTitle(connection: self, workspace: workspace).title(of: action)
        var journal = try ChangeJournal.begin(
            ChangeDraft(.bulk, title: title, actor: change.undoneBy ?? change.actor, detail: detail), on: self,
            id: ids.next(), in: workspace, at: now)
        try journal.save(closing: false)
    }

    /// - Returns: nil for any other change; also for one that only went on with what an undo had left over.
    private func renaming(
        of change: ChangeSummary, in workspace: WorkspaceID
    ) throws -> (field: FieldID, from: String, to: String)? {
        guard change.kind == .bulk,
            // Whatever cannot be read, since somebody was erased, renames nothing and is in no undo's way.
            let progress = try? JSONText.decode(BulkProgress.self, from: change.detail),
            case .renameChoice(let field, let from, let to) = progress.action, !from.isEmpty, !to.isEmpty
        else { return nil }
        let named = try row(
            """
            SELECT position FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND relation = 'field' LIMIT 1
            """, ["workspace_id": workspace, "change_id": change.id])
        return named == nil ? nil : (field, from, to)
    }
}
