package import Domain

/// How a connection keeps both sides alike.
package struct SyncHealth: Equatable, Sendable {
    /// Contacts that it is still to be told of.
    package let due: ListCount
    /// What waits for a person.
    package let conflicts: ListCount
    /// What people decided and is not carried out yet.
    package let decisions: ListCount
    /// In the last 24 hours.
    package let changes: [SyncChange.Kind: Int]
}

extension Store {
    package func syncHealth(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> SyncHealth {
        let since = IDGenerator.lowest(at: now() - .hours(24))
        let scope: SQLArguments = ["workspace_id": workspace, "connection_id": crm]
        return try await database.read(on: .console) { connection in
            let kinds = try connection.rows(
                """
                SELECT kind, COUNT(*) AS changes FROM sync_change
                \(connection.dialect.byIndex("sync_change_connection"))
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND id >= :since
                GROUP BY kind
                """, scope.and(["since": since]))
            return SyncHealth(
                due: try connection.count(
                    """
                    FROM (
                        SELECT DISTINCT contact_id FROM sync_due
                        WHERE workspace_id = :workspace_id AND connection_id = :connection_id
                    ) AS d
                    """, scope),
                conflicts: try connection.countSyncConflicts(of: crm, in: workspace),
                decisions: try connection.count(
                    "FROM sync_decision WHERE workspace_id = :workspace_id AND connection_id = :connection_id", scope),
                changes: try kinds.reduce(into: [:]) { $0[try $1.get("kind")] = try $1.get("changes") })
        }
    }
}
