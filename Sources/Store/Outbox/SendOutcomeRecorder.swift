import Domain

/// Writes what Meta answered to sends, inside one transaction.
struct SendOutcomeRecorder {
    let store: Store
    let connection: any SQLConnection
    let grip: LaneGrip
    let now: Timestamp
    private var report = RecordReport()
    private var counters = CounterDeltas()
    private var delays = DelayDeltas()

    init(store: Store, connection: any SQLConnection, grip: LaneGrip, now: Timestamp) {
        self.store = store
        self.connection = connection
        self.grip = grip
        self.now = now
    }

    mutating func record(_ outcome: SendOutcome) throws {
        let job = outcome.job
        report.conversations[job.job.workspace, default: []].insert(job.conversation)
        report.workspaces.insert(job.job.workspace)
        switch outcome.outcome {
        case .completed: try accept(outcome)
        case .uncertain: try set(.uncertain, outcome)
        case .discarded:
            try set(.failed, outcome)
            try enqueueActivityUpdates(of: job)
        case .retried, .snoozed, .verifyFirst: try set(.queued, outcome)
        }
    }

    mutating func commit() throws -> RecordReport {
        try counters.write(connection, at: now, node: grip.node)
        try delays.write(connection, at: now, node: grip.node)
        return report
    }

    /// Accepted is not delivered. News that overtook this answer is applied now that the wamid is known.
    private mutating func accept(_ outcome: SendOutcome) throws {
        guard let receipt = outcome.receipt else { return }
        let job = outcome.job
        try connection.execute(
            """
            UPDATE message
            SET wamid = :wamid,
                status = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN 'accepted' ELSE status END,
                status_at = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN :now ELSE status_at END,
                failure = CASE WHEN status IN ('queued', 'sending', 'uncertain') THEN NULL ELSE failure END
            WHERE workspace_id = :workspace_id AND id = :id AND (wamid IS NULL OR wamid = :wamid)
            """,
            [
                "wamid": receipt.messageID, "now": now, "workspace_id": job.job.workspace, "id": job.message,
            ])
        try connection.applyEarlyNews(of: receipt.messageID, to: job.message, on: job.number, in: job.job.workspace)
        counters.add("sends.accepted", 1, workspace: job.job.workspace)
        delays.add("sent", from: job.queuedAt, to: now, workspace: job.job.workspace)
        try enqueueActivityUpdates(of: job)
    }

    /// Only while it stands where this attempt left it: a status may have settled it meanwhile.
    private mutating func set(_ status: MessageStatus, _ outcome: SendOutcome) throws {
        let job = outcome.job
        try connection.execute(
            """
            UPDATE message SET status = :status, status_at = :now, failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id AND status IN ('queued', 'sending', 'uncertain')
            """,
            [
                "status": status, "now": now, "failure": try outcome.failure.map(JSONText.encode),
                "workspace_id": job.job.workspace, "id": job.message,
            ])
        counters.add("sends.\(status.rawValue)", 1, workspace: job.job.workspace)
    }

    private mutating func enqueueActivityUpdates(of job: SendJob) throws {
        for lane in try connection.enqueueActivityUpdates(
            of: job.message, contact: job.contact, workspace: job.job.workspace, store: store, at: now)
        {
            report.lanes.insert(lane)
        }
    }
}

extension SQLConnection {
    /// One waiting update per connection that has the message, or will have it.
    func enqueueActivityUpdates(
        of message: MessageID, contact: ContactID, workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws -> [Lane] {
        let connections = try rows(
            """
            SELECT a.connection_id FROM connection c
            CROSS JOIN activity a
            WHERE c.workspace_id = :workspace_id AND a.workspace_id = c.workspace_id AND a.connection_id = c.id
                AND a.message_id = :message_id AND a.state <> 'not_applicable'
            """,
            ["workspace_id": workspace, "message_id": message])
        return try connections.map { row in
            let crm: ConnectionID = try row.get("connection_id")
            let lane = Lane.connection(crm)
            try enqueue(
                NewJob(
                    kind: .updateActivity, workspace: workspace, lane: lane, orderingKey: contact.rawValue,
                    subject: message.rawValue, dedupKey: "update:\(crm):\(message)"),
                id: store.ids.next(), at: now)
            return lane
        }
    }
}
