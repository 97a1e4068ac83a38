package import Domain

/// How much of a connection's work of the last 24 hours was given up.
package struct SyncErrors: Equatable, Sendable {
    /// R19: from this share on a connection needs a look.
    package static let limit = 0.005

    /// Jobs that wait among the dead letters.
    package let failed: Int
    /// Messages that were recorded.
    package let recorded: Int
    /// What else was done: statuses and contacts that were brought up to date.
    package let kept: Int

    package init(failed: Int, recorded: Int, kept: Int = 0) {
        self.failed = failed
        self.recorded = recorded
        self.kept = kept
    }

    /// With what failed.
    package var all: Int { failed + recorded + kept }

    /// From 0 to 1; nil where there was nothing to do.
    package var share: Double? { all == 0 ? nil : Double(failed) / Double(all) }

    package var isTooHigh: Bool { (share ?? 0) > Self.limit }
}

/// How many contacts a comparison of everything has been through.
package struct SyncWalkProgress: Equatable, Sendable {
    package let done: Int
    package let all: Int
}

/// A contact and its record in one CRM.
package struct SyncOfContact: Equatable, Sendable {
    /// When they were last compared; nil for never.
    package internal(set) var comparedAt: Timestamp?
    /// Fields that wait for a person.
    package internal(set) var conflicts = 0
}

extension Store {
    package func syncErrors(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> SyncErrors {
        let now = now()
        let minutes = (now.milliseconds / 60_000 - 24 * 60 + 1)...(now.milliseconds / 60_000)
        let (recorded, kept) = ("crm.\(crm).recorded", "crm.\(crm).kept")
        return try await database.read(on: .console) { connection in
            let counts = try CounterReader(connection: connection, workspace: workspace)
                .minutes(minutes, step: 1440, of: [recorded, kept])
            let failed = try connection.count(
                """
                FROM job
                WHERE workspace_id = :workspace_id AND state = 'discarded' AND lane = :lane AND changed_at >= :since
                """, ["workspace_id": workspace, "lane": Lane.connection(crm), "since": now - .hours(24)])
            func sum(_ kind: String) -> Int { counts.values.reduce(0) { $0 + ($1[kind] ?? 0) } }
            return SyncErrors(failed: failed.value, recorded: sum(recorded), kept: sum(kept))
        }
    }

    /// Nil while no comparison is under way.
    package func syncWalkProgress(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> SyncWalkProgress? {
        guard let position = try await syncWalk(of: crm, in: workspace)?.position else { return nil }
        return try await database.read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT COUNT(*) AS contacts,
                    CAST(COALESCE(SUM(CASE WHEN local_id <= :position THEN 1 ELSE 0 END), 0) AS BIGINT) AS done
                FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                """, ["workspace_id": workspace, "connection_id": crm, "position": position])
            return try row.map { SyncWalkProgress(done: try $0.get("done"), all: try $0.get("contacts")) }
        }
    }

    /// How a contact stands with each CRM that it was compared with.
    package func sync(
        ofContact contact: ContactID, in workspace: WorkspaceID
    ) async throws -> [ConnectionID: SyncOfContact] {
        let key: SQLArguments = ["workspace_id": workspace, "contact_id": contact]
        return try await database.read(on: .console) { connection in
            var found: [ConnectionID: SyncOfContact] = [:]
            let states = try connection.rows(
                """
                SELECT connection_id, checked_at FROM sync_state
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id
                """, key)
            for row in states {
                found[try row.get("connection_id"), default: SyncOfContact()].comparedAt = try row.get("checked_at")
            }
            let conflicts = try connection.rows(
                """
                SELECT connection_id, COUNT(*) AS conflicts FROM sync_conflict
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id GROUP BY connection_id
                """, key)
            for row in conflicts {
                found[try row.get("connection_id"), default: SyncOfContact()].conflicts = try row.get("conflicts")
            }
            return found
        }
    }
}
