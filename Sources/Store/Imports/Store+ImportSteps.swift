package import Domain

/// What people do with an import. Each step is refused with `import_moved_on` when the import is not where it begins.
extension Store {
    /// Has the file checked, as its plan and options say; what an earlier check found is forgotten.
    /// - Parameter worker: who does it at once; nil: whoever comes first.
    package func checkImport(
        _ id: ImportID, plan: String, options: ImportOptions, in workspace: WorkspaceID, by worker: String? = nil
    ) async throws {
        try await step(id, in: workspace, from: [.uploaded, .checked, .failed]) { connection, record, now in
            guard record.isFileKept || record.isReadInPlace else { throw PuenteError.importFileGone }
            try connection.move(
                record, to: .checking, at: now,
                setting: [
                    "plan": plan, "options": try JSONText.encode(options), "report": String?.none,
                    "failure": String?.none, "rows_read": 0, "ended_at": Timestamp?.none,
                ])
            if let worker { try connection.take(record, by: worker) }
        }
    }

    /// Takes the report back, so that the file can be read in another way.
    package func reopenImport(_ id: ImportID, in workspace: WorkspaceID) async throws {
        try await step(id, in: workspace, from: [.checked, .failed]) { connection, record, now in
            guard record.isFileKept, record.changeID == nil else { throw PuenteError.importFileGone }
            try connection.move(
                record, to: .uploaded, at: now,
                setting: ["report": String?.none, "failure": String?.none, "ended_at": Timestamp?.none])
        }
    }

    /// Has what was checked written. One import of a workspace is written at a time: each sees what the others did.
    /// - Parameters:
    ///   - actor: who says so; the change is theirs.
    ///   - worker: who does it at once; nil: whoever comes first.
    package func confirmImport(
        _ id: ImportID, in workspace: WorkspaceID, by actor: String, worker: String? = nil
    ) async throws {
        try await step(id, in: workspace, from: [.checked]) { connection, record, now in
            guard let report = record.report, report.isOfUse else { throw PuenteError.nothingToImport }
            if let obstacle = report.obstacle {
                throw PuenteError(.conflict, detail: "import_obstacle", message: obstacle)
            }
            let other = try connection.row(
                "SELECT id FROM import WHERE workspace_id = :workspace_id AND state = 'importing' AND id <> :id",
                ["workspace_id": workspace, "id": id])
            guard other == nil else { throw PuenteError.importAtWork }
            try connection.move(record, to: .importing, at: now, setting: ["actor": actor, "position": 0])
            if let worker { try connection.take(record, by: worker) }
        }
    }

    /// Ends an import where it is. What it has written stays, as a change that is complete in itself.
    package func cancelImport(_ id: ImportID, in workspace: WorkspaceID) async throws {
        try await step(id, in: workspace, from: [.uploaded, .checking, .checked, .importing]) {
            connection, record, now in
            try connection.closeChange(of: record)
            try connection.move(record, to: .cancelled, at: now, setting: ["ended_at": now])
        }
    }

    private func step(
        _ id: ImportID, in workspace: WorkspaceID, from states: Set<ImportState>,
        _ body: @escaping @Sendable (any SQLConnection, ImportRecord, Timestamp) throws -> Void
    ) async throws {
        let now = now()
        try await database.write(on: .console) { connection in
            guard let record = try connection.importRecord(id, in: workspace, locking: true) else {
                throw PuenteError.noImport
            }
            guard states.contains(record.state) else { throw PuenteError.importMovedOn }
            try body(connection, record, now)
        }
    }
}

extension SQLConnection {
    /// - Parameter columns: of the table, beside those that every move sets.
    func move(
        _ record: ImportRecord, to state: ImportState, at now: Timestamp, setting columns: SQLArguments = [:]
    ) throws {
        let sets = columns.pairs.map { ", \($0.name) = :\($0.name)" }.joined()
        var arguments = columns
        arguments.set("state", state)
        arguments.set("now", now)
        arguments.set("workspace_id", record.workspace)
        arguments.set("id", record.id)
        try execute(
            """
            UPDATE import
            SET state = :state, phase_at = :now, updated_at = :now, share = 0, rate = 0, left_ms = NULL,
                claimed_by = NULL, claimed_until = NULL\(sets)
            WHERE workspace_id = :workspace_id AND id = :id
            """, arguments)
    }

    /// What an import has written so far is all of its change. One that has written nothing leaves no trace.
    func closeChange(of record: ImportRecord) throws {
        guard let change = record.changeID else { return }
        let key: SQLArguments = ["workspace_id": record.workspace, "id": change]
        let gone = try execute(
            "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id AND state = 'open' AND rows = 0", key)
        if gone == 1 {
            try execute(
                "UPDATE import SET change_id = NULL WHERE workspace_id = :workspace_id AND id = :import",
                ["workspace_id": record.workspace, "import": record.id])
        } else {
            try execute(
                """
                UPDATE change SET state = 'done' WHERE workspace_id = :workspace_id AND id = :id AND state = 'open'
                """, key)
        }
    }
}
