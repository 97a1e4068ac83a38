import Domain

extension Store {
    /// A job that runs again takes its subject along: the message is queued, the activity waits.
    func reopenSubject(
        of job: SQLRow, in workspace: WorkspaceID, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        let subject: Int64 = try job.get("subject_id")
        switch JobKind(rawValue: try job.get("kind")) {
        case .send:
            try connection.execute(
                """
                UPDATE message SET status = 'queued', status_at = :now, failure = NULL
                WHERE workspace_id = :workspace_id AND id = :id AND wamid IS NULL
                """,
                ["now": now, "workspace_id": workspace, "id": subject])
        case .recordActivity:
            try moveActivity(
                of: subject, lane: try job.get("lane"), from: "dead", to: "waiting", in: workspace, connection)
        case .fetchMedia:
            try connection.execute(
                "UPDATE media SET state = 'fetching', failure = NULL WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": subject])
        case .tellErasure:
            guard case .connection(let crm) = try job.get("lane", as: Lane.self) else { break }
            let erasure = ErasureID(rawValue: subject)
            try connection.note(.waiting, erasure: erasure, of: crm, in: workspace, at: now)
        case .markRead, .updateActivity, .upsertContact: break
        case nil: break  // of a newer release: whatever its subject is, it is not ours to touch
        }
    }

    /// A dead letter that a person puts away: the CRM will not have the message, and the ledger says so. One that was to
    /// tell of an erasure no longer knows the record.
    func closeSubject(
        of job: SQLRow, in workspace: WorkspaceID, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        if try job.get("kind") == JobKind.tellErasure.rawValue {
            try connection.execute(
                """
                UPDATE job SET payload = '{}', failure = NULL
                WHERE workspace_id = :workspace_id AND subject_id = :erasure AND kind = 'crm.erasure' AND lane = :lane
                    AND state = 'completed'
                """,
                [
                    "workspace_id": workspace, "erasure": try job.get("subject_id", as: Int64.self),
                    "lane": try job.get("lane", as: String.self),
                ])
        }
        guard try job.get("kind") == JobKind.recordActivity.rawValue else { return }
        try moveActivity(
            of: try job.get("subject_id"), lane: try job.get("lane"), from: "dead", to: "not_applicable", in: workspace,
            connection)
    }

    /// Moves an activity between the columns of the ledger, row and counter together.
    private func moveActivity(
        of message: Int64, lane: Lane, from: String, to: String, in workspace: WorkspaceID,
        _ connection: any SQLConnection
    ) throws {
        guard case .connection(let crm) = lane else { return }
        let moved = try connection.execute(
            """
            UPDATE activity SET state = :to, reason = :reason
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = :from
            """,
            [
                "to": to, "reason": to == "not_applicable" ? "dismissed" : String?.none, "workspace_id": workspace,
                "connection_id": crm, "message_id": message, "from": from,
            ])
        guard moved == 1 else { return }
        var counters = CounterDeltas()
        counters.add("crm.\(crm).\(from)", -1, workspace: workspace)
        counters.add("crm.\(crm).\(to)", 1, workspace: workspace)
        try counters.write(connection, at: now(), node: ids.node)
    }
}
