package import Domain

extension Store {
    /// Imports, the newest first, without their reports.
    package func imports(
        before: ListPosition? = nil, limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<ImportRecord> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "import")
            conditions.add(before: before, id: "id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(ImportRecord.columns(withReport: false)) FROM import \(conditions.sql)
                ORDER BY id DESC LIMIT :limit
                """, conditions.arguments)
            var records = try rows.map(ImportRecord.init)
            let changes = try connection.changes(records.compactMap(\.changeID), in: workspace)
            for index in records.indices { records[index].change = records[index].changeID.flatMap { changes[$0] } }
            return ListPage(fetched: records, limit: limit) { ListPosition(id: $0.id.rawValue) }
        }
    }

    package func importRecord(_ id: ImportID, in workspace: WorkspaceID) async throws -> ImportRecord? {
        try await database.read(on: .console) { try $0.importRecord(id, in: workspace) }
    }

    /// Notes that a file came. Its checking is asked for later.
    package func makeImport(_ draft: ImportDraft, in workspace: WorkspaceID) async throws -> ImportID {
        let (id, now) = (ids.next(ImportRow.self), now())
        try await database.write(on: .console) { connection in
            try connection.execute(
                """
                INSERT INTO import
                    (id, workspace_id, state, file_name, size, sha256, is_file_kept, plan, options, actor, phase_at,
                     created_at, updated_at)
                VALUES
                    (:id, :workspace_id, 'uploaded', :file_name, :size, :sha256, :is_file_kept, :plan, :options, :actor,
                     :now, :now, :now)
                """,
                [
                    "id": id, "workspace_id": workspace, "file_name": draft.fileName, "size": draft.size,
                    "sha256": draft.sha256, "is_file_kept": !draft.sha256.isEmpty, "plan": draft.plan,
                    "options": try JSONText.encode(draft.options), "actor": draft.actor, "now": now,
                ])
        }
        return id
    }
}

extension SQLConnection {
    func importRecord(
        _ id: ImportID, in workspace: WorkspaceID, locking: Bool = false
    ) throws -> ImportRecord? {
        let row = try row(
            """
            SELECT \(ImportRecord.columns(withReport: true)) FROM import
            WHERE workspace_id = :workspace_id AND id = :id \(locking ? dialect.forUpdate : "")
            """, ["workspace_id": workspace, "id": id])
        guard let row else { return nil }
        var record = try ImportRecord(row)
        record.change = try record.changeID.flatMap { try change($0, in: workspace) }
        return record
    }

    fileprivate func changes(
        _ ids: [ChangeID], in workspace: WorkspaceID
    ) throws -> [ChangeID: ChangeSummary] {
        guard !ids.isEmpty else { return [:] }
        let list = SQLValueList("id", ids)
        let found = try rows(
            "SELECT \(ChangeSummary.columns) FROM change WHERE workspace_id = :workspace_id AND id IN \(list.sql)",
            list.arguments(["workspace_id": workspace])
        ).map(ChangeSummary.init)
        return Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
    }
}
