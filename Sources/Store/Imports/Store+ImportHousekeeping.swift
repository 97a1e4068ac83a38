package import Domain

/// A file in the imports folder that no import reads any more.
package struct SpentImportFile: Hashable, Sendable {
    package let workspace: WorkspaceID
    package let sha256: String
}

/// What lists leave behind goes when it is of no use any more: they are full of people.
extension Store {
    /// Lists that nobody went on with are given up after so long.
    package static let importPatience: Duration = .days(7)
    /// Gives up imports that nobody went on with.
    package func abandonImports() async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE import SET state = 'cancelled', phase_at = :now, updated_at = :now, ended_at = :now
                WHERE state IN ('uploaded', 'checked') AND updated_at < :before
                """, ["now": now, "before": now - Self.importPatience])
        }
    }

    /// Files of imports that are past the need of them: from the confirmation on the rows are in the database. A failed
    /// one may be read in another way for some days.
    package func spentImportFiles(limit: Int = 100) async throws -> [SpentImportFile] {
        let before = now() - Self.importPatience
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT DISTINCT i.workspace_id, i.sha256 FROM import i
                WHERE i.is_file_kept = 1 AND NOT EXISTS (
                    SELECT 1 FROM import o
                    WHERE o.workspace_id = i.workspace_id AND o.sha256 = i.sha256 AND o.is_file_kept = 1
                        AND (o.state IN ('uploaded', 'checking', 'checked')
                            OR (o.state = 'failed' AND o.change_id IS NULL AND o.updated_at >= :before))
                )
                LIMIT :limit
                """, ["before": before, "limit": limit]
            ).map { SpentImportFile(workspace: try $0.get("workspace_id"), sha256: try $0.get("sha256")) }
        }
    }

    /// Those of the files that no import reads: an upload was refused, or the program was killed before it was noted.
    package func importFilesWithoutRow(_ names: [String], in workspace: WorkspaceID) async throws -> [String] {
        guard !names.isEmpty else { return [] }
        return try await database.read(on: .work) { connection in
            let list = SQLValueList("name", names)
            let kept = try connection.rows(
                """
                SELECT DISTINCT sha256 FROM import
                WHERE workspace_id = :workspace_id AND is_file_kept = 1 AND sha256 IN \(list.sql)
                """, list.arguments(["workspace_id": workspace])
            ).map { try $0.get("sha256", as: String.self) }
            return names.filter { !Set(kept).contains($0) }
        }
    }

    /// The file is removed: its imports are not read again.
    package func forgetImportFile(_ file: SpentImportFile) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE import SET is_file_kept = 0
                WHERE workspace_id = :workspace_id AND sha256 = :sha256
                    AND state NOT IN ('uploaded', 'checking', 'checked')
                """, ["workspace_id": file.workspace, "sha256": file.sha256])
        }
    }

    /// Forgets the rows of imports that ended long ago, and the report's samples, a slice at a time. That they took place
    /// stays, and what they wrote can be put back without them.
    /// - Returns: whether there may be more.
    package func forgetImportRows(olderThan age: Duration, in workspace: WorkspaceID) async throws -> Bool {
        let before = now() - age
        return try await database.write(on: .work) { connection in
            let row = try connection.row(
                """
                SELECT i.id FROM import i
                WHERE i.workspace_id = :workspace_id AND i.state IN ('done', 'cancelled', 'failed') AND i.ended_at < :before AND (
                    i.report IS NOT NULL OR EXISTS (
                        SELECT 1 FROM import_row r WHERE r.workspace_id = i.workspace_id AND r.import_id = i.id
                    )
                )
                ORDER BY i.id LIMIT 1
                """, ["workspace_id": workspace, "before": before])
            guard let id = try row?.get("id", as: ImportID.self) else { return false }
            guard try connection.deleteImportRows(of: id, in: workspace) else { return true }
            try connection.execute(
                "UPDATE import SET report = NULL WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": id])
            return true
        }
    }
}

extension Store {
    /// Forgets an import that wrote nothing, with its rows: it was only to be looked at.
    package func forgetImport(_ id: ImportID, in workspace: WorkspaceID) async throws {
        while try await !database.write(
            on: .work, { try $0.deleteImportRows(of: id, in: workspace) })
        {}
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                DELETE FROM import
                WHERE workspace_id = :workspace_id AND id = :id AND change_id IS NULL AND state <> 'importing'
                """, ["workspace_id": workspace, "id": id])
        }
    }
}
