package import Domain

extension Store {
    /// Changes, the newest first.
    package func changes(
        of kinds: Set<ChangeDraft.Kind> = Set(ChangeDraft.Kind.allCases), before: ListPosition? = nil,
        limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<ChangeSummary> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "change")
            let kinds = SQLValueList("kind", kinds.sorted { $0.rawValue < $1.rawValue })
            conditions.add("kind IN \(kinds.sql)")
            conditions.add(before: before, id: "id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                "SELECT \(ChangeSummary.columns) FROM change \(conditions.sql) ORDER BY id DESC LIMIT :limit",
                kinds.arguments(conditions.arguments))
            return ListPage(fetched: try rows.map(ChangeSummary.init), limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }

    package func change(_ id: ChangeID, in workspace: WorkspaceID) async throws -> ChangeSummary? {
        try await database.read(on: .console) { try $0.change(id, in: workspace) }
    }

    /// Puts a change back. Long ones take many transactions: `goOnUndoing` ends what a restart interrupted.
    /// - Returns: the change afterwards.
    /// - Throws: `notFound`; `conflict` with the detail `not_undoable` when its time is over or it is undone already, or
    ///   `merged_since` for a merge whose people were merged again.
    @discardableResult
    package func undo(_ id: ChangeID, in workspace: WorkspaceID, by actor: String) async throws -> ChangeSummary {
        // One that was broken off goes on where it was.
        let state = try await database.read(on: .work) { try $0.change(id, in: workspace)?.state }
        if state != .undoing { try await beginUndo(id, in: workspace, by: actor) }
        return try await goOnUndoing(id, in: workspace)
    }

    /// Puts a short change back at once. A long one only begins: whoever looks after interrupted undos goes on with it,
    /// and nobody waits.
    /// - Returns: the change afterwards: `undone`, or still `undoing`.
    /// - Throws: as ``undo(_:in:by:)``.
    @discardableResult
    package func startUndo(_ id: ChangeID, in workspace: WorkspaceID, by actor: String) async throws -> ChangeSummary {
        let change = try await beginUndo(id, in: workspace, by: actor)
        guard change.rows <= ChangeUndo.atOnce else { return change }
        return try await goOnUndoing(id, in: workspace)
    }

    /// Says that a change is to be put back; ``goOnUndoing(_:in:)`` does it, now or when somebody comes to it. A merge is
    /// undone at once and as a whole.
    /// - Returns: the change: `undoing`, or a merge's, `undone`.
    /// - Throws: as ``undo(_:in:by:)``.
    @discardableResult
    package func beginUndo(_ id: ChangeID, in workspace: WorkspaceID, by actor: String) async throws -> ChangeSummary {
        let now = now()
        return try await database.write(on: .work) { connection in
            guard let change = try connection.change(id, in: workspace, locking: true) else {
                throw PuenteError.noChange
            }
            guard change.isUndoable(at: now) else { throw PuenteError.notUndoable }
            guard change.kind != .merge else {
                return try self.undo(change, by: actor, connection, in: workspace, at: now)
            }
            try connection.execute(
                """
                UPDATE change SET state = 'undoing', undone_by = :actor, undone_at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """, ["actor": actor, "now": now, "workspace_id": workspace, "id": id])
            return try connection.change(id, in: workspace) ?? change
        }
    }

    /// Goes on with an undo until it has ended. Two that do it at once share the work.
    @discardableResult
    package func goOnUndoing(_ id: ChangeID, in workspace: WorkspaceID) async throws -> ChangeSummary {
        while true {
            if let ended = try await advanceUndo(id, in: workspace) { return ended }
        }
    }

    /// Goes on with an undo by one slice.
    /// - Returns: the change when it has ended; nil while there is more to put back.
    package func advanceUndo(_ id: ChangeID, in workspace: WorkspaceID) async throws -> ChangeSummary? {
        try await database.write(on: .work) { connection in
            guard let change = try connection.change(id, in: workspace, locking: true) else {
                throw PuenteError.noChange
            }
            guard change.state == .undoing else { return Optional(change) }
            let undo = ChangeUndo(connection: connection, workspace: workspace, change: id) { contact in
                _ = try connection.tellCRMs(of: contact, in: workspace, store: self, at: now())
            }
            guard try undo.putBackSlice() else { return nil }
            try connection.execute(
                """
                UPDATE change SET state = 'undone', undone_at = :now WHERE workspace_id = :workspace_id AND id = :id
                """, ["now": now(), "workspace_id": workspace, "id": id])
            try connection.renameWhatIsLeft(of: change, in: workspace, ids: ids, at: now())
            return try connection.change(id, in: workspace)
        }
    }

    /// Undos that a restart interrupted, with their workspaces.
    package func interruptedUndos() async throws -> [(change: ChangeID, workspace: WorkspaceID)] {
        try await database.read(on: .work) { connection in
            try connection.rows("SELECT id, workspace_id FROM change WHERE state = 'undoing' ORDER BY id", [:])
                .map { (try $0.get("id"), try $0.get("workspace_id")) }
        }
    }
}

extension SQLConnection {
    func change(_ id: ChangeID, in workspace: WorkspaceID, locking: Bool = false) throws -> ChangeSummary? {
        try row(
            """
            SELECT \(ChangeSummary.columns) FROM change
            WHERE workspace_id = :workspace_id AND id = :id \(locking ? dialect.forUpdate : "")
            """, ["workspace_id": workspace, "id": id]
        ).map(ChangeSummary.init)
    }
}

extension PuenteError {
    package static let noChange = PuenteError(
        .notFound, detail: "no_change", en: "There is no such change.", es: "No existe ese cambio.")

    package static let notUndoable = PuenteError(
        .conflict, detail: "not_undoable",
        en: "This change was undone already, is not finished, or its time for undoing is over.",
        es: "Este cambio ya se deshizo, no ha terminado o pasó su plazo para deshacerlo.")
}
