package import Domain

extension Store {
    /// Links contacts that had no record in a CRM with what was found or made there. One that got a record meanwhile
    /// keeps that. A record that is another contact's is shared with it: they are one person to the CRM.
    package func link(_ links: [(contact: ContactID, remoteID: String)], grip: LaneGrip) async throws {
        guard case .connection(let crm) = grip.lane else { return }
        guard let workspace = grip.workspace else { return }
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.lockRecords(links.map(\.remoteID), of: crm, in: workspace)
            // Somebody who was merged while the CRM was asked is another contact by now.
            let living = try links.map {
                (contact: try connection.living($0.contact, in: workspace), remoteID: $0.remoteID)
            }
            try connection.linkNew(living, connection: crm, in: workspace, at: now)
            try connection.makeDue(living.map(\.contact), for: crm, in: workspace)
        }
    }

    /// Records were merged there: whoever was linked with one of them is linked with the survivor.
    package func relink(
        _ former: [String], to survivor: String, connection crm: ConnectionID, in workspace: WorkspaceID
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.relink(former, to: survivor, connection: crm, in: workspace)
        }
    }

    /// The record is gone there (deleted, or merged into one that was not named): found or made again at the next job.
    package func unlink(remoteID: String, connection crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.unlink([remoteID], connection: crm, in: workspace)
        }
    }
}

extension SQLConnection {
    /// The CRM itself says under which ids it knows the contacts now.
    func link(
        _ links: [(contact: ContactID, remoteID: String)], connection crm: ConnectionID, in workspace: WorkspaceID,
        at now: Timestamp
    ) throws {
        try forgetAgreements(with: crm, unlessOn: links, in: workspace)
        try insert(
            links,
            // What the former record said, and when, says nothing of this one.
            orElse: """
                UPDATE SET remote_id = excluded.remote_id, is_shared = excluded.is_shared,
                    seen_at = excluded.seen_at,
                    content_hash = CASE WHEN remote_ref.remote_id = excluded.remote_id THEN remote_ref.content_hash END,
                    changed_at = CASE WHEN remote_ref.remote_id = excluded.remote_id THEN remote_ref.changed_at END,
                    unreadable_numbers = CASE
                        WHEN remote_ref.remote_id = excluded.remote_id THEN remote_ref.unreadable_numbers ELSE '[]'
                    END,
                    unreadable_count = CASE
                        WHEN remote_ref.remote_id = excluded.remote_id THEN remote_ref.unreadable_count ELSE 0
                    END
                """, connection: crm, in: workspace, at: now)
    }

    fileprivate func linkNew(
        _ links: [(contact: ContactID, remoteID: String)], connection crm: ConnectionID, in workspace: WorkspaceID,
        at now: Timestamp
    ) throws {
        try insert(links, orElse: "NOTHING", connection: crm, in: workspace, at: now)
    }

    /// A contact that was erased while the CRM was asked is not linked any more.
    /// - Parameter action: what to do for a contact that has a record.
    private func insert(
        _ links: [(contact: ContactID, remoteID: String)], orElse action: String, connection crm: ConnectionID,
        in workspace: WorkspaceID, at now: Timestamp
    ) throws {
        try executeMany(
            """
            INSERT INTO remote_ref
                (workspace_id, connection_id, entity, local_id, remote_id, is_shared, linked_at, seen_at)
            SELECT workspace_id, :connection_id, 'contact', id, :remote_id, \(RecordOwnership.isShared), :now, :now
            FROM contact
            WHERE workspace_id = :workspace_id AND id = :local_id
            ON CONFLICT (workspace_id, connection_id, entity, local_id) DO \(action)
            """,
            links.map {
                [
                    "workspace_id": workspace, "connection_id": crm, "local_id": $0.contact, "remote_id": $0.remoteID,
                    "now": now,
                ]
            })
    }
}
