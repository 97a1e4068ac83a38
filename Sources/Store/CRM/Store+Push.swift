package import Domain

/// The alarm that a CRM does not tell of changes, although it should: they are read every few minutes only.
package enum PushAlarm {
    package static let kind = "crm_push_closed"

    static func subject(_ lane: Lane) -> String { lane.description }

    /// The lane that an alarm of this kind speaks of.
    package static func lane(of subject: String) -> Lane? { Lane(subject) }
}

/// Channels through which CRMs tell of changes: opened and renewed by who has the connection's lane.
extension Store {
    /// When the channel is to be renewed next; nil where none of ours is open.
    package func pushRenewal(_ grip: LaneGrip) async throws -> Timestamp? {
        guard case .connection(let crm) = grip.lane else { return nil }
        return try await database.read(on: .work) { connection in
            let row = try connection.row(
                "SELECT push_renewal_at FROM connection WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": grip.workspace, "id": crm])
            return try row?.get("push_renewal_at", as: Timestamp?.self) ?? nil
        }
    }

    /// The channel is open until some time after `renewal`, or (nil) it is closed and nobody needs it: all is well.
    package func notePush(renewal: Timestamp?, grip: LaneGrip) async throws {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return }
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.setPush(renewal, of: crm, in: workspace)
            try connection.clearPushAlarm(of: grip.lane, in: workspace, at: now)
        }
    }

    package func raisePushAlarm(_ text: LocalizedText, grip: LaneGrip) async throws {
        guard let workspace = grip.workspace else { return }
        let now = now()
        let id = ids.next(AlarmRow.self)
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.raiseAlarm(
                PushAlarm.kind, subject: PushAlarm.subject(grip.lane), text: text, in: workspace, id: id, at: now)
        }
    }

    /// Connections that were taken away while their channel was open: when it should have been renewed, oldest first.
    package func orphanedPushes() async throws -> [(connection: ConnectionID, renewal: Timestamp)] {
        try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, push_renewal_at FROM connection
                WHERE state = 'disabled' AND push_renewal_at IS NOT NULL
                ORDER BY push_renewal_at, id
                LIMIT 100
                """, [:]
            ).map { (connection: try $0.get("id"), renewal: try $0.get("push_renewal_at")) }
        }
    }

    /// The channel of a connection that was taken away is ended, or has lapsed.
    package func forgetPush(of crm: ConnectionID, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE connection SET push_renewal_at = NULL
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'disabled'
                """,
                ["workspace_id": workspace, "id": crm])
        }
    }
}

extension SQLConnection {
    fileprivate func setPush(_ renewal: Timestamp?, of crm: ConnectionID, in workspace: WorkspaceID) throws {
        try execute(
            "UPDATE connection SET push_renewal_at = :renewal WHERE workspace_id = :workspace_id AND id = :id",
            ["renewal": renewal, "workspace_id": workspace, "id": crm])
    }

    func clearPushAlarm(of lane: Lane, in workspace: WorkspaceID?, at now: Timestamp) throws {
        guard let workspace else { return }
        try clearAlarm(PushAlarm.kind, subject: PushAlarm.subject(lane), in: workspace, at: now)
    }
}
