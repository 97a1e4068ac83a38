package import Domain

extension Store {
    /// Of files in a workspace's part of the media folder, those that no row speaks of.
    package func filesWithoutRow(_ names: [String], in workspace: WorkspaceID) async throws -> [String] {
        try await database.read(on: .work) { connection in
            try names.filter { name in
                try connection.row(
                    "SELECT 1 AS one FROM media WHERE workspace_id = :workspace_id AND sha256 = :sha256 LIMIT 1",
                    ["workspace_id": workspace, "sha256": name]) == nil
            }
        }
    }

    /// When the newest file's row was made; nil while there is none.
    package func newestFile(in workspace: WorkspaceID) async throws -> Timestamp? {
        try await database.read(on: .work) { connection in
            try connection.value(
                "SELECT id FROM media WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT 1",
                ["workspace_id": workspace], as: Int64.self
            ).map(IDGenerator.moment)
        }
    }

    /// Whose files there may be.
    package func workspaces() async throws -> [WorkspaceID] {
        try await database.read(on: .work) { try $0.workspaces() }
    }

    /// Marks uploads that no message came for like the files of pruned messages. What Meta has was shown once.
    /// - Returns: how many.
    func pruneUploads(_ retention: Retention) async throws -> Int {
        let before = IDGenerator.lowest(at: now() - retention.unusedUploads)
        return try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE media SET state = 'pruned'
                WHERE message_id IS NULL AND meta_id IS NULL AND state = 'stored' AND id IN (
                    SELECT m.id FROM workspace w
                    CROSS JOIN media m
                    WHERE m.workspace_id = w.id AND m.message_id IS NULL AND m.state = 'stored' AND m.meta_id IS NULL
                        AND m.id < :before
                    LIMIT :limit
                )
                """, ["before": before, "limit": retention.slice])
        }
    }
}
