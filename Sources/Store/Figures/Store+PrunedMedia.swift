package import Domain

/// A media row whose message is gone.
package struct PrunedMedia: Sendable {
    package let id: MediaID
    package let workspace: WorkspaceID
    /// The file's name; nil when there never was one, or when another row still needs it.
    package let file: String?
}

extension Store {
    /// Media whose message was pruned, for whoever removes the files. The rows wait until that is done, so that a crash in
    /// between leaves no file that nobody knows of.
    /// - Parameter after: the last one of the slice before.
    package func prunedMedia(limit: Int, after: MediaID? = nil) async throws -> [PrunedMedia] {
        try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT m.id, m.workspace_id, CASE WHEN EXISTS (
                        SELECT 1 FROM media o
                        WHERE o.workspace_id = m.workspace_id AND o.sha256 = m.sha256 AND o.state <> 'pruned'
                    ) THEN NULL ELSE m.sha256 END AS file
                FROM media m WHERE m.state = 'pruned' AND m.id > :after
                ORDER BY m.id LIMIT :limit
                """, ["limit": limit, "after": after?.rawValue ?? 0]
            ).map {
                PrunedMedia(id: try $0.get("id"), workspace: try $0.get("workspace_id"), file: try $0.get("file"))
            }
        }
    }

    /// The files are gone, or others need them.
    package func forget(_ media: [PrunedMedia]) async throws {
        try await database.write(on: .work) { connection in
            try connection.executeMany(
                "DELETE FROM media WHERE workspace_id = :workspace_id AND id = :id AND state = 'pruned'",
                media.map { ["workspace_id": $0.workspace, "id": $0.id] })
        }
    }
}
