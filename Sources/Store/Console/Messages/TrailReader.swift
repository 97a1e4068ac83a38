package import Domain

/// Gathers the trail of one message from the tables that each hold a part of it.
struct TrailReader {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let message: MessageID

    /// Nil when there is no such message.
    func read() throws -> [TrailEntry]? {
        guard let beginning = try beginning() else { return nil }
        let jobs = try jobs()
        let parts = [
            beginning, try statuses(), try versions(), try records(), jobs.map(entry),
            try actions(of: [message.rawValue] + jobs.map(\.id.rawValue)),
        ]
        // Sorting is stable: at one moment the parts stand in the order above.
        return parts.flatMap(\.self).sorted { $0.at < $1.at }
    }

    private func beginning() throws -> [TrailEntry]? {
        let row = try connection.row(
            """
            SELECT received_at, stored_at, origin, author, is_inbound FROM message
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": workspace, "id": message])
        guard let row else { return nil }
        let author = try row.get("author", as: String?.self)
        let actor = try row.get("is_inbound", as: Bool.self) ? "whatsapp" : author ?? row.get("origin")
        return [
            TrailEntry(at: try row.get("received_at"), actor: actor, event: .received),
            TrailEntry(at: try row.get("stored_at"), actor: "puente", event: .stored),
        ]
    }

    private func statuses() throws -> [TrailEntry] {
        try connection.rows(
            """
            SELECT status, participant, at, detail FROM status_event
            WHERE workspace_id = :workspace_id AND message_id = :id
            ORDER BY at, id
            """,
            ["workspace_id": workspace, "id": message]
        ).map { row in
            let participant: String = try row.get("participant")
            let detail: StatusDetail? = try row.decoration("detail")
            return TrailEntry(
                at: try row.get("at"), actor: "whatsapp",
                event: .status(
                    name: try row.get("status"), participant: participant.isEmpty ? nil : participant,
                    failure: detail?.failures?.first.map { ShownFailure($0) }))
        }
    }

    private struct StatusDetail: Decodable {
        let failures: [GraphFailure]?
    }

    private func versions() throws -> [TrailEntry] {
        try connection.rows(
            """
            SELECT v.kind, v.at FROM message_version v
            JOIN message m ON m.workspace_id = v.workspace_id AND m.number_id = v.number_id AND m.wamid = v.original
            WHERE m.workspace_id = :workspace_id AND m.id = :id
            ORDER BY v.at, v.id
            """,
            ["workspace_id": workspace, "id": message]
        ).map { row in
            TrailEntry(
                at: try row.get("at"), actor: "whatsapp", event: try row.get("kind") == "revoke" ? .revoked : .edited)
        }
    }

    private func records() throws -> [TrailEntry] {
        try connection.rows(
            """
            SELECT k.slug, a.remote_id, a.recorded_status, a.recorded_at
            FROM connection k
            CROSS JOIN activity a
            WHERE k.workspace_id = :workspace_id AND a.workspace_id = :workspace_id AND a.connection_id = k.id
                AND a.message_id = :id AND a.recorded_at IS NOT NULL
            ORDER BY a.recorded_at
            """,
            ["workspace_id": workspace, "id": message]
        ).map { row in
            let name: String = try row.get("slug")
            return TrailEntry(
                at: try row.get("recorded_at"), actor: name,
                event: .recorded(
                    connection: name, remoteID: try row.get("remote_id"), status: try row.get("recorded_status")))
        }
    }

    /// Of the message itself and of its file.
    private func jobs() throws -> [TrailJob] {
        let media = try connection.rows(
            "SELECT id FROM media WHERE workspace_id = :workspace_id AND message_id = :id",
            ["workspace_id": workspace, "id": message]
        ).map { try $0.get("id", as: Int64.self) }
        let subjects = SQLValueList("subject", [message.rawValue] + media)
        return try connection.rows(
            """
            SELECT id, kind, lane, state, attempt, failure, due_at, created_at, changed_at FROM job
            WHERE workspace_id = :workspace_id AND subject_id IN \(subjects.sql)
            ORDER BY id
            """, subjects.arguments(["workspace_id": workspace])
        ).map(TrailJob.init)
    }

    private func entry(_ job: TrailJob) -> TrailEntry {
        TrailEntry(at: job.changedAt, actor: "puente", event: .job(job))
    }

    private func actions(of subjects: [Int64]) throws -> [TrailEntry] {
        let subjects = SQLValueList("subject", subjects)
        return try connection.rows(
            """
            SELECT event, actor, at, detail FROM trail
            WHERE workspace_id = :workspace_id AND subject_id IN \(subjects.sql)
            ORDER BY id
            """, subjects.arguments(["workspace_id": workspace])
        ).map { row in
            TrailEntry(at: try row.get("at"), actor: try row.get("actor"), event: try action(row))
        }
    }

    /// What Meta answered stands there like its other news.
    private func action(_ row: SQLRow) throws -> TrailEntry.Event {
        let name: String = try row.get("event")
        if name == HoldDetail.event, let hold: HoldDetail = try row.decoration("detail") {
            return .status(name: hold.status.rawValue, participant: nil, failure: nil)
        }
        return .action(name: name, detail: try row.get("detail"))
    }
}

extension TrailJob {
    init(_ row: SQLRow) throws {
        id = try row.get("id")
        kind = try row.get("kind")
        lane = try row.get("lane")
        state = try row.get("state")
        attempts = try row.get("attempt")
        failure = try row.failure("failure")
        dueAt = try row.get("due_at")
        createdAt = try row.get("created_at")
        changedAt = try row.get("changed_at")
    }
}

extension Store {
    /// What happened to a message, in the order of time; nil when there is none.
    package func trail(of message: MessageID, in workspace: WorkspaceID) async throws -> [TrailEntry]? {
        try await database.read(on: .console) { connection in
            try TrailReader(connection: connection, workspace: workspace, message: message).read()
        }
    }
}
