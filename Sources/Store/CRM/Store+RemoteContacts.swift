package import Domain

extension Store {
    /// Links contacts with their records in a CRM. A record that another contact of ours has is left to that one.
    package func link(_ links: [(contact: ContactID, remoteID: String)], grip: LaneGrip) async throws {
        guard case .connection(let crm) = grip.lane else { return }
        let now = now()
        let rows = links.map { link -> SQLArguments in
            [
                "workspace_id": grip.workspace, "connection_id": crm, "local_id": link.contact,
                "remote_id": link.remoteID, "now": now,
            ]
        }
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.executeMany(
                """
                INSERT INTO remote_ref (workspace_id, connection_id, entity, local_id, remote_id, linked_at, seen_at)
                VALUES (:workspace_id, :connection_id, 'contact', :local_id, :remote_id, :now, :now)
                ON CONFLICT (workspace_id, connection_id, entity, local_id)
                DO UPDATE SET remote_id = excluded.remote_id, seen_at = excluded.seen_at
                """, rows)
        }
    }

    /// The record is gone there (deleted, or merged into one that was not named): found or made again at the next job.
    package func unlink(remoteID: String, connection crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.unlink([remoteID], connection: crm, in: workspace)
        }
    }
}
