package import Domain

/// Everything that the page "Connections" shows, read at one moment.
package struct ConnectionsOverview: Sendable {
    package let numbers: [NumberSummary]
    package let connections: [ConnectionSummary]
    package let lanes: [LaneSummary]
    package let pauses: [Pause]
    package let alarms: [AlarmSummary]
    /// The newest, at most 20.
    package let notices: [NoticeSummary]
    package let held: HeldState?
}

/// After a restore nothing leaves for customers until a person releases it.
package struct HeldState: Equatable, Sendable {
    package let since: Timestamp?
    /// The moment that the backup shows; nil when nobody knows it.
    package let backupAt: Timestamp?
}

/// The numbers beside the places of the navigation, each up to ``ListCount/ceiling``.
package struct NavigationSummary: Sendable {
    package let unreadConversations: ListCount
    package let deadLetters: ListCount
    package let unrouted: ListCount
    package let alarms: [AlarmSummary]
    package let isHeld: Bool
    /// Fields that wait for a person, by connection that is switched on; one without any is absent.
    package let conflicts: [OpenConflicts]
    /// Of what sync did; nil while it did nothing.
    package let newestSyncChange: SyncChangeID?
}

/// How many fields of a connection say different things on both sides until a person decides. Owners whom the CRM does not have
/// are not among them: nobody can decide that here.
package struct OpenConflicts: Equatable, Sendable {
    package let connection: ConnectionID
    /// In the configuration.
    package let name: String
    /// `hubspot`, `own`, …
    package let kind: String
    package let count: ListCount
}

extension Store {
    package func connectionsOverview(in workspace: WorkspaceID) async throws -> ConnectionsOverview {
        let now = now()
        return try await database.read(on: .console) { connection in
            ConnectionsOverview(
                numbers: try connection.numbers(in: workspace),
                connections: try connection.connections(in: workspace), lanes: try connection.lanes(in: workspace),
                pauses: try connection.pauses(in: workspace, now: now), alarms: try connection.alarms(in: workspace),
                notices: try connection.notices(in: workspace, limit: 20), held: try connection.heldState())
        }
    }

    package func numbers(in workspace: WorkspaceID) async throws -> [NumberSummary] {
        try await database.read(on: .console) { try $0.numbers(in: workspace) }
    }

    package func connections(in workspace: WorkspaceID) async throws -> [ConnectionSummary] {
        try await database.read(on: .console) { try $0.connections(in: workspace) }
    }

    /// For the frame of every page: cheap.
    package func navigation(in workspace: WorkspaceID) async throws -> NavigationSummary {
        try await database.read(on: .console) { connection in
            let arguments: SQLArguments = ["workspace_id": workspace]
            return NavigationSummary(
                unreadConversations: try connection.count(
                    "FROM conversation WHERE workspace_id = :workspace_id AND state = 'open' AND unread > 0",
                    arguments),
                deadLetters: try connection.count(
                    "FROM job WHERE workspace_id = :workspace_id AND state = 'discarded'", arguments),
                unrouted: try connection.count(
                    "FROM unrouted u WHERE u.state = 'open' AND \(UnroutedEntry.isShown)", arguments),
                alarms: try connection.alarms(in: workspace), isHeld: try connection.isHeld(),
                conflicts: try connection.openConflicts(in: workspace),
                newestSyncChange: try connection.newestSyncChange(in: workspace))
        }
    }
}

extension SQLConnection {
    fileprivate func openConflicts(in workspace: WorkspaceID) throws -> [OpenConflicts] {
        try rows(
            """
            SELECT k.id, k.slug, k.kind FROM connection k
            WHERE k.workspace_id = :workspace_id AND k.state <> 'disabled' AND EXISTS (
                SELECT 1 FROM sync_conflict c
                WHERE c.workspace_id = k.workspace_id AND c.connection_id = k.id AND \(SyncConflict.isQuestion)
            )
            ORDER BY k.id
            """, ["workspace_id": workspace]
        ).map { row in
            let crm: ConnectionID = try row.get("id")
            return OpenConflicts(
                connection: crm, name: try row.get("slug"), kind: try row.get("kind"),
                count: try count(
                    """
                    FROM sync_conflict c
                    WHERE c.workspace_id = :workspace_id AND c.connection_id = :connection_id
                        AND \(SyncConflict.isQuestion)
                    """, ["workspace_id": workspace, "connection_id": crm]))
        }
    }

    fileprivate func newestSyncChange(in workspace: WorkspaceID) throws -> SyncChangeID? {
        try row(
            """
            SELECT id FROM sync_change \(dialect.byIndex("sync_change_recent"))
            WHERE workspace_id = :workspace_id ORDER BY id DESC LIMIT 1
            """, ["workspace_id": workspace]
        ).map { try $0.get("id") }
    }

    fileprivate func heldState() throws -> HeldState? {
        guard try isHeld() else { return nil }
        return HeldState(
            since: try moment("held_since"), backupAt: try moment("held_backup_at"))
    }

    private func moment(_ name: String) throws -> Timestamp? {
        let text = try value(
            "SELECT value FROM installation WHERE name = :name", ["name": name], as: String.self)
        return text.flatMap { Int64($0) }.map(Timestamp.init(milliseconds:))
    }
}
