package import Domain

/// Bulk actions run beside the work, a slice of contacts in each transaction, all under one change: they survive a
/// restart, can be stopped, and are put back like any other change.
extension Store {
    /// Begins a bulk action; `advanceBulk` carries it on.
    /// - Throws: `notFound` for a label, a field or a choice that is not there; `invalid` with the detail `selection` when
    ///   nobody, or too many one by one, are chosen, with `reason` for one that is too long, with `choices` for what no
    ///   choice can be called; `conflict` with the detail `label_in_use` where a label that is to be deleted is asked for
    ///   by a segment or a rule.
    package func startBulk(
        _ action: BulkAction, on selection: ContactSelection, expecting expected: Set<EditVersion>? = nil,
        in workspace: WorkspaceID, by actor: String
    ) async throws -> ChangeID {
        if case .chosen(let contacts) = selection {
            guard (1...ContactSelection.maxChosen).contains(contacts.count) else { throw PuenteError.wrongSelection }
        }
        let action = try action.read()
        let id = ids.next(ChangeRow.self)
        // Ids are made in order: everybody who is here now has a lower one.
        let progress = BulkProgress(action, selection, last: ids.next())
        let detail = try JSONText.encode(progress)
        let now = now()
        try await database.write(on: .work) { connection in
            if let expected { try expected.require(of: action, on: connection, in: workspace) }
            try action.require(on: connection, in: workspace, at: now)
            let title = try BulkTitle(connection: connection, workspace: workspace).title(of: action)
            if case .deleteLabel(let label) = action { try connection.requireUnasked(label, in: workspace) }
            var journal = try ChangeJournal.begin(
                ChangeDraft(.bulk, title: title, actor: actor, detail: detail), on: connection, id: id,
                in: workspace, at: now)
            try journal.save(closing: false)
        }
        return id
    }

    /// - Returns: nil when there is no such bulk action.
    package func bulk(_ id: ChangeID, in workspace: WorkspaceID) async throws -> BulkChange? {
        guard let change = try await change(id, in: workspace), change.kind == .bulk else { return nil }
        return BulkChange(change: change, progress: try JSONText.decode(BulkProgress.self, from: change.detail))
    }

    /// Bulk actions that have not ended, with their workspaces.
    package func openBulks() async throws -> [(change: ChangeID, workspace: WorkspaceID)] {
        try await database.read(on: .work) { connection in
            try connection.rows(
                "SELECT id, workspace_id FROM change WHERE state = 'open' AND kind = 'bulk' ORDER BY id", [:]
            ).map { (try $0.get("id"), try $0.get("workspace_id")) }
        }
    }

    /// Carries a bulk action on by one slice. What stands in its way for good ends it, and is kept with it.
    /// - Returns: whether it has ended.
    @discardableResult
    package func advanceBulk(_ id: ChangeID, in workspace: WorkspaceID) async throws -> Bool {
        do {
            try await countBulk(id, in: workspace)
            let clock = segmentClock
            return try await database.write(on: .work) { connection in
                try connection.changeBulk(id, in: workspace) { journal, progress in
                    let slice = BulkSlice(
                        connection: connection, workspace: workspace,
                        actor: try connection.actor(of: id, in: workspace),
                        clock: clock, ids: ids)
                    let before = progress.seen
                    let hasEnded = try slice.work(&journal, &progress)
                    progress.ended(progress.seen - before, at: clock.now)
                    if hasEnded { progress.total = progress.seen }
                    return hasEnded
                }
            }
        } catch let problem as PuenteError {
            return try await endBulk(id, in: workspace) { $0.failure = problem.message }
        }
    }

    /// Ends a bulk action where it is. What it did stays, and can be put back.
    /// - Throws: `conflict` with the detail `change_not_open` when it has ended, with `not_stoppable` for one that half
    ///   done would leave contacts with what their field does not list.
    package func stopBulk(_ id: ChangeID, in workspace: WorkspaceID) async throws {
        guard let bulk = try await bulk(id, in: workspace) else { throw PuenteError.noChange }
        guard bulk.change.state == .open else { throw PuenteError.changeNotOpen }
        guard bulk.progress.isStoppable else { throw PuenteError.notStoppable }
        try await endBulk(id, in: workspace) { $0.isStopped = true }
    }

    @discardableResult
    private func endBulk(
        _ id: ChangeID, in workspace: WorkspaceID, _ note: @escaping @Sendable (inout BulkProgress) -> Void
    ) async throws -> Bool {
        try await database.write(on: .work) { connection in
            try connection.changeBulk(id, in: workspace) { _, progress in
                note(&progress)
                return true
            }
        }
    }

    /// Before the second slice: how many it is for. Whoever asked for one of few waits for no count, and nobody is held
    /// up by it.
    private func countBulk(_ id: ChangeID, in workspace: WorkspaceID) async throws {
        guard let bulk = try await bulk(id, in: workspace), bulk.change.state == .open, bulk.progress.total == nil,
            bulk.progress.seen > 0
        else { return }
        let clock = segmentClock
        let remaining = try await database.read(on: .work) { connection in
            try BulkSlice(connection: connection, workspace: workspace, actor: "", clock: clock, ids: ids).remaining(
                bulk.progress)
        }
        try await database.write(on: .work) { connection in
            try connection.changeBulk(id, in: workspace) { _, progress in
                if progress.total == nil { progress.total = bulk.progress.seen + remaining }
                return false
            }
        }
    }
}

extension SQLConnection {
    /// Goes on with a bulk action while nobody else does.
    /// - Parameter body: returns whether it has ended.
    /// - Returns: whether it has, now or before.
    fileprivate func changeBulk(
        _ id: ChangeID, in workspace: WorkspaceID, _ body: (inout ChangeJournal, inout BulkProgress) throws -> Bool
    ) throws -> Bool {
        guard let change = try change(id, in: workspace, locking: true), change.kind == .bulk, change.state == .open
        else { return true }
        var progress = try JSONText.decode(BulkProgress.self, from: change.detail)
        var journal = try ChangeJournal.resume(id, on: self, in: workspace)
        let hasEnded = try body(&journal, &progress)
        try journal.save(closing: hasEnded)
        try execute(
            "UPDATE change SET detail = :detail WHERE workspace_id = :workspace_id AND id = :id",
            ["detail": try JSONText.encode(progress), "workspace_id": workspace, "id": id])
        return hasEnded
    }

    fileprivate func actor(of change: ChangeID, in workspace: WorkspaceID) throws -> String {
        try self.change(change, in: workspace)?.actor ?? ""
    }
}

extension BulkAction {
    /// With what a person wrote as it is kept.
    fileprivate func read() throws -> BulkAction {
        switch self {
        case .setState(let state, let reason): .setState(state: state, reason: try StateReason.read(reason))
        case .withdrawMarketing(let reason): .withdrawMarketing(reason: try StateReason.read(reason))
        case .renameChoice(let field, let from, let to):
            .renameChoice(field: field, from: from, to: try FieldDraft.choice(to))
        case .addLabel, .removeLabel, .setField, .clearField, .clearState, .deleteLabel, .applyLabelRule,
            .deleteLabelRule:
            self
        }
    }

    /// What would end it with its first slice is said before.
    fileprivate func require(on connection: any SQLConnection, in workspace: WorkspaceID, at now: Timestamp) throws {
        guard case .renameChoice(let id, let from, let to) = self else { return }
        guard let field = try connection.field(id, in: workspace) else { throw PuenteError.noField }
        _ = try ChoiceRenaming(field: id, from: from, to: to, now: now).renamedChoices(of: field)
    }
}

extension PuenteError {
    static let notStoppable = PuenteError(
        .conflict, detail: "not_stoppable",
        en: "Renaming a choice goes on to its end: half of the contacts would be left with the old name. Undo it then.",
        es: "El cambio de nombre de una opción sigue hasta el final: si no, la mitad quedaría con el anterior. "
            + "Deshágalo después.")
    package static let wrongSelection = PuenteError(
        .invalid, detail: "selection", en: "Choose 1 to 1,000 contacts, or all that meet conditions.",
        es: "Elija de 1 a 1.000 contactos, o todos los que cumplan condiciones.")
}

extension Set<EditVersion> {
    /// What a whole thing is deleted upon.
    /// - Throws: `changedMeanwhile`, and `notFound`.
    fileprivate func require(of action: BulkAction, on connection: any SQLConnection, in workspace: WorkspaceID) throws
    {
        switch action {
        case .deleteLabel(let id):
            try connection.lock(["labels"], in: workspace)
            guard let label = try connection.label(id, in: workspace) else { throw PuenteError.noLabel }
            try require(label.version)
        case .deleteLabelRule(let id):
            try connection.lock(["label rules"], in: workspace)
            guard let rule = try connection.labelRule(id, in: workspace) else { throw PuenteError.noLabelRule }
            try require(try rule.version())
        case .addLabel, .removeLabel, .setField, .clearField, .setState, .clearState, .withdrawMarketing, .renameChoice,
            .applyLabelRule:
            break
        }
    }
}
