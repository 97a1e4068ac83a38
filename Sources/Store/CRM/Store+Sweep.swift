package import Domain

/// How far the changes of a CRM were read.
package struct SweepState: Equatable, Sendable {
    /// The connector's; nil before the first sweep.
    package let cursor: String?
    package let lastSweepAt: Timestamp?
}

extension Store {
    package func sweepState(_ grip: LaneGrip) async throws -> SweepState {
        guard case .connection(let crm) = grip.lane else { return SweepState(cursor: nil, lastSweepAt: nil) }
        return try await database.read(on: .work) { connection in
            let row = try connection.row(
                "SELECT cursor, last_sweep_at FROM connection WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": grip.workspace, "id": crm])
            return SweepState(cursor: try row?.get("cursor"), lastSweepAt: try row?.get("last_sweep_at"))
        }
    }

    /// Where the first sweep begins, kept before anything is read: what changes while the CRM cannot be asked is not
    /// lost.
    /// - Returns: the cursor that counts: one that was kept earlier stays.
    package func beginSweeps(at cursor: String, grip: LaneGrip) async throws -> String {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return cursor }
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let kept = try connection.value(
                """
                UPDATE connection SET cursor = COALESCE(cursor, :cursor)
                WHERE workspace_id = :workspace_id AND id = :id
                RETURNING cursor
                """,
                ["cursor": cursor, "workspace_id": workspace, "id": crm], as: String.self)
            return kept ?? cursor
        }
    }

    /// Takes over a page of contacts that changed in the CRM and notes how far that was, all or nothing.
    /// - Parameter isLast: whether this ends a sweep.
    package func adopt(
        _ page: [RemoteIdentity], cursor: String, isLast: Bool, comparing comparison: SyncComparison? = nil,
        grip: LaneGrip
    ) async throws -> RecordReport {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return RecordReport() }
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let report = try store.adopt(page, crm: crm, in: workspace, comparing: comparison, connection, at: now)
            try connection.execute(
                """
                UPDATE connection
                SET cursor = :cursor, last_sweep_at = CASE WHEN :is_last = 1 THEN :now ELSE last_sweep_at END
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                ["cursor": cursor, "is_last": isLast, "now": now, "workspace_id": workspace, "id": crm])
            return report
        }
    }

    /// Links a record that the CRM gave us with the contact it speaks of, and takes over what it says.
    @discardableResult
    package func adopt(
        _ identity: RemoteIdentity, connection crm: ConnectionID, in workspace: WorkspaceID
    ) async throws -> RecordReport {
        try await adopt([identity], connection: crm, in: workspace, comparing: nil)
    }

    /// The same of several, which are compared field by field where they were read for that.
    @discardableResult
    package func adopt(
        _ identities: [RemoteIdentity], connection crm: ConnectionID, in workspace: WorkspaceID,
        comparing comparison: SyncComparison?
    ) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try store.adopt(identities, crm: crm, in: workspace, comparing: comparison, connection, at: now)
        }
    }

    /// Records that the CRM lists as deleted.
    package func unlink(_ remoteIDs: [String], grip: LaneGrip) async throws {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return }
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.unlink(remoteIDs, connection: crm, in: workspace)
        }
    }

    /// - Parameter change: as of ``merge(_:_:context:gives:into:_:at:)``.
    func adopt(
        _ identities: [RemoteIdentity], crm: ConnectionID, in workspace: WorkspaceID,
        comparing comparison: SyncComparison? = nil, into change: ChangeID? = nil, _ connection: any SQLConnection,
        at now: Timestamp
    ) throws -> RecordReport {
        let adoption = try adoption(crm, in: workspace, connection, at: now)
        try adoption.lock(identities)
        var changed: Set<ContactID> = []
        for identity in identities {
            if let contact = try adoption.adopt(identity) { changed.insert(contact) }
        }
        if let comparison { changed.formUnion(try compare(identities, comparison, into: change, connection, at: now)) }
        var report = RecordReport()
        for contact in changed.sorted() {
            let rows = try connection.rows(
                "SELECT id FROM conversation WHERE workspace_id = :workspace_id AND contact_id = :contact_id",
                ["workspace_id": workspace, "contact_id": contact])
            report.conversations[workspace, default: []].formUnion(try rows.map { try $0.get("id") })
        }
        return report
    }

    func adoption(
        _ crm: ConnectionID, in workspace: WorkspaceID, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> ContactAdoption {
        ContactAdoption(
            store: self, connection: connection, crm: crm, workspace: workspace,
            portfolios: try connection.portfolios(of: workspace),
            isMapped: try connection.hasMapping(crm, in: workspace), now: now)
    }
}

extension SQLConnection {
    /// The scopes in which user ids of the workspace's customers are valid.
    fileprivate func portfolios(of workspace: WorkspaceID) throws -> [String] {
        try rows(
            "SELECT DISTINCT portfolio_id FROM number WHERE workspace_id = :workspace_id ORDER BY portfolio_id",
            ["workspace_id": workspace]
        ).map { try $0.get("portfolio_id") }
    }
}
