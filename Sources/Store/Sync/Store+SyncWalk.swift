package import Domain

/// How far the comparison of all of a connection's contacts is.
package struct SyncWalk: Equatable, Sendable {
    /// Nil while there is none under way.
    package let position: ContactID?
    /// When all were compared last.
    package let endedAt: Timestamp?
}

extension Store {
    /// Makes the next contacts due of a comparison of everything; begins one where the last is too long ago, or the mapping
    /// has changed since.
    /// - Parameter grip: of the connection's lane.
    /// - Returns: whether it goes on.
    package func continueComparison(every interval: Duration, limit: Int, grip: LaneGrip) async throws -> Bool {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return false }
        let now = now()
        let isDue = try await database.read(on: .work) { connection in
            try connection.walk(of: crm, in: workspace).map { walk in
                walk.position != nil || (walk.endedAt.map { $0 + interval <= now } ?? true)
            } ?? false
        }
        guard isDue else { return false }
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            return try connection.walkOn(crm, in: workspace, limit: limit, at: now)
        }
    }

    /// Nil where the connection has no mapping.
    package func syncWalk(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> SyncWalk? {
        try await database.read(on: .console) { try $0.walk(of: crm, in: workspace) }
    }

    /// A person asks for a comparison of everything now.
    package func compareAll(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { try $0.compareAll(of: crm, in: workspace) }
    }
}

extension SQLConnection {
    /// Begins a comparison of everything.
    func compareAll(of crm: ConnectionID, in workspace: WorkspaceID) throws {
        try execute(
            """
            UPDATE mapping SET compared_at = NULL, compared_to = NULL
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """, ["workspace_id": workspace, "connection_id": crm])
    }

    /// The contacts are compared soon, where the connection has a mapping and a record of them.
    func makeDue(_ contacts: [ContactID], for crm: ConnectionID, in workspace: WorkspaceID) throws {
        try executeMany(
            """
            INSERT INTO sync_due (workspace_id, contact_id, connection_id, is_restless)
            SELECT r.workspace_id, r.local_id, r.connection_id, 0 FROM remote_ref r
            WHERE r.workspace_id = :workspace_id AND r.connection_id = :connection_id AND r.entity = 'contact'
                AND r.local_id = :contact_id
                AND EXISTS (
                    SELECT 1 FROM mapping m
                    WHERE m.workspace_id = r.workspace_id AND m.connection_id = r.connection_id
                )
                AND NOT EXISTS (
                    SELECT 1 FROM sync_due d
                    WHERE d.workspace_id = r.workspace_id AND d.contact_id = r.local_id
                        AND d.connection_id = r.connection_id AND d.is_restless = 0
                )
            """, contacts.map { ["workspace_id": workspace, "connection_id": crm, "contact_id": $0] })
    }

    fileprivate func walk(of crm: ConnectionID, in workspace: WorkspaceID) throws -> SyncWalk? {
        try row(
            """
            SELECT compared_to, compared_at FROM mapping
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """, ["workspace_id": workspace, "connection_id": crm]
        ).map { SyncWalk(position: try $0.get("compared_to"), endedAt: try $0.get("compared_at")) }
    }

    /// - Returns: false at the end.
    fileprivate func walkOn(
        _ crm: ConnectionID, in workspace: WorkspaceID, limit: Int, at now: Timestamp
    ) throws -> Bool {
        let scope: SQLArguments = ["workspace_id": workspace, "connection_id": crm]
        let position = try walk(of: crm, in: workspace)?.position
        let next = try rows(
            """
            SELECT local_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id > :position
            ORDER BY local_id LIMIT :limit
            """, scope.and(["position": position ?? ContactID(rawValue: 0), "limit": limit]))
        let contacts: [ContactID] = try next.map { try $0.get("local_id") }
        try makeDue(contacts, for: crm, in: workspace)
        let isMore = contacts.count == limit
        try execute(
            """
            UPDATE mapping SET compared_to = :position, compared_at = COALESCE(:ended, compared_at)
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id
            """,
            scope.and(["position": isMore ? contacts.last : nil, "ended": isMore ? nil : now]))
        return isMore
    }
}
