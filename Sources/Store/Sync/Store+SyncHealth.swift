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
                    "FROM sync_due WHERE workspace_id = :workspace_id AND connection_id = :connection_id", scope),
                conflicts: try connection.countSyncConflicts(of: crm, in: workspace),
                decisions: try connection.count(
                    "FROM sync_decision WHERE workspace_id = :workspace_id AND connection_id = :connection_id", scope),
                changes: try kinds.reduce(into: [:]) { $0[try $1.get("kind")] = try $1.get("changes") })
        }
    }

    /// Whoever has a record there is due: the whole of a connection is compared, as after its mapping changed.
    package func makeAllDue(for crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
                SELECT r.workspace_id, r.local_id, r.connection_id, 0 FROM remote_ref r
                WHERE r.workspace_id = :workspace_id AND r.connection_id = :connection_id AND r.entity = 'contact'
                    AND NOT EXISTS (
                        SELECT 1 FROM sync_due d
                        WHERE d.workspace_id = r.workspace_id AND d.contact_id = r.local_id
                            AND d.connection_id = r.connection_id AND d.is_restless = 0
                    )
                """, ["workspace_id": workspace, "connection_id": crm])
        }
    }
}
