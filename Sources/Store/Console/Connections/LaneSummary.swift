package import Domain

/// A lane as the operator sees it: who works it and what waits.
package struct LaneSummary: Sendable {
    package let lane: Lane
    /// The node that works it; nil while nobody does.
    package let node: Int?
    package let nodeName: String?
    /// Whether that node's lease holds, on the database's clock.
    package let isWorked: Bool
    package let epoch: Int64
    package let isEnabled: Bool
    package let waiting: ListCount
    /// When the job that waits longest was due; later than now for one that waits for its time.
    package let oldestDue: Timestamp?
    /// In a lane that is switched off: the messages among what waits. They stay until it is switched on again.
    package let stranded: ListCount
}

/// An alarm that is open.
package struct AlarmSummary: Equatable, Sendable {
    package let id: AlarmID
    /// `paused`, `dead_letters_due`, …
    package let kind: String
    package let subject: String
    package let text: LocalizedText
    package let raisedAt: Timestamp
}

extension SQLConnection {
    /// The workspace's lanes with their backlog, each counted up to ``ListCount/ceiling``.
    func lanes(in workspace: WorkspaceID) throws -> [LaneSummary] {
        let now = try databaseNow()
        return try rows(
            """
            SELECT l.id, l.node, l.epoch, l.is_enabled, n.name, n.lease_until
            FROM lane l
            LEFT JOIN node n ON n.number = l.node
            WHERE l.workspace_id = :workspace_id
            ORDER BY l.id
            """, ["workspace_id": workspace]
        ).compactMap { try lane($0, in: workspace, now: now) }
    }

    private func lane(_ row: SQLRow, in workspace: WorkspaceID, now: Timestamp) throws -> LaneSummary? {
        // A lane of a kind that a newer release made is not shown by this one.
        guard let lane = Lane(try row.get("id", as: String.self)) else { return nil }
        let waiting = "FROM job WHERE lane = :lane AND workspace_id = :workspace_id AND state = 'available'"
        let arguments: SQLArguments = ["lane": lane, "workspace_id": workspace]
        let oldest = try value("SELECT MIN(due_at) AS oldest \(waiting)", arguments, as: Timestamp?.self)
        let lease = try row.get("lease_until", as: Timestamp?.self)
        let isEnabled: Bool = try row.get("is_enabled")
        let messages = "\(waiting) AND kind IN ('\(JobKind.send.rawValue)', '\(JobKind.recordActivity.rawValue)')"
        return LaneSummary(
            lane: lane, node: try row.get("node"), nodeName: try row.get("name"),
            isWorked: lease.map { $0 > now } ?? false, epoch: try row.get("epoch"),
            isEnabled: isEnabled, waiting: try count(waiting, arguments), oldestDue: oldest ?? nil,
            stranded: isEnabled ? .zero : try count(messages, arguments))
    }

    func alarms(in workspace: WorkspaceID) throws -> [AlarmSummary] {
        try rows(
            """
            SELECT id, kind, subject, text, raised_at FROM alarm
            WHERE workspace_id = :workspace_id AND cleared_at IS NULL
            ORDER BY raised_at DESC, id DESC
            LIMIT 100
            """, ["workspace_id": workspace]
        ).map {
            AlarmSummary(
                id: try $0.get("id"), kind: try $0.get("kind"), subject: try $0.get("subject"),
                text: try $0.json("text"), raisedAt: try $0.get("raised_at"))
        }
    }

    func pauses(in workspace: WorkspaceID, now: Timestamp) throws -> [Pause] {
        try rows(
            """
            SELECT workspace_id, scope, scope_key, created_at, until, code, advice FROM pause
            WHERE workspace_id = :workspace_id AND (until IS NULL OR until > :now)
            ORDER BY id
            """, ["workspace_id": workspace, "now": now]
        ).map {
            Pause(
                workspace: try $0.get("workspace_id"), scope: try $0.get("scope"), key: try $0.get("scope_key"),
                since: try $0.get("created_at"), until: try $0.get("until"), code: try $0.get("code"),
                advice: try $0.json("advice"))
        }
    }
}
