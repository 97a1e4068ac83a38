import Domain

/// Writes what a CRM answered, inside one transaction.
struct ActivityOutcomeRecorder {
    let connection: any SQLConnection
    let crm: ConnectionID
    let grip: LaneGrip
    let now: Timestamp
    private var report = RecordReport()
    private var counters = CounterDeltas()
    private var delays = DelayDeltas()
    /// The CRM did what it was asked, at least once.
    private var wasServed = false

    init(connection: any SQLConnection, crm: ConnectionID, grip: LaneGrip, now: Timestamp) {
        self.connection = connection
        self.crm = crm
        self.grip = grip
        self.now = now
    }

    mutating func record(_ outcome: ActivityOutcome) throws {
        let job = outcome.job
        let workspace = job.job.workspace
        if outcome.outcome == .completed, !job.isNothingToDo { wasServed = true }
        switch outcome.outcome {
        case .completed where outcome.gone == .activity: try forget(job)
        // Only what wrote it says that it is there: an update that came too early had nothing to bring up to date.
        case .completed where job.job.kind == .recordActivity: try markRecorded(outcome)
        case .completed:
            counters.add("crm.\(crm).kept", 1, workspace: workspace)
            try noteStatus(outcome)
        case .discarded where job.job.kind == .recordActivity:
            try move(job, to: "dead")
        case .discarded, .retried, .snoozed, .uncertain, .verifyFirst: break
        }
        if outcome.gone == .contact, let remoteID = job.contact.remoteID {
            try connection.unlink([remoteID], connection: crm, in: workspace)
        }
        report.workspaces.insert(workspace)
        report.conversations[workspace, default: []].insert(job.conversation)
    }

    mutating func commit() throws -> RecordReport {
        try counters.write(connection, at: now, node: grip.node)
        try delays.write(connection, at: now, node: grip.node)
        if wasServed { try noteSuccess() }
        return report
    }

    /// People read from it whether the CRM works: what it refused says nothing of that.
    private func noteSuccess() throws {
        try connection.execute(
            "UPDATE connection SET last_ok_at = :now WHERE workspace_id = :workspace_id AND id = :id",
            ["now": now, "workspace_id": grip.workspace, "id": crm])
    }

    private mutating func markRecorded(_ outcome: ActivityOutcome) throws {
        let job = outcome.job
        let isFirst = try connection.execute(
            """
            UPDATE activity
            SET state = 'recorded', reason = NULL, remote_id = :remote_id, recorded_status = :status,
                recorded_at = :now
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state IN ('waiting', 'dead')
            """,
            [
                "remote_id": outcome.remoteID ?? job.remoteID, "status": job.status, "now": now,
                "workspace_id": job.job.workspace, "connection_id": crm, "message_id": job.message,
            ])
        if isFirst == 1 {
            counters.add("crm.\(crm).recorded", 1, workspace: job.job.workspace)
            if job.activityState == "dead" { counters.add("crm.\(crm).dead", -1, workspace: job.job.workspace) }
            delays.add("crm.\(crm)", from: job.receivedAt, to: now, workspace: job.job.workspace)
            return
        }
        try noteStatus(outcome)
    }

    private func noteStatus(_ outcome: ActivityOutcome) throws {
        let job = outcome.job
        guard outcome.remoteID ?? job.remoteID != nil else { return }
        try connection.execute(
            """
            UPDATE activity SET recorded_status = :status, remote_id = COALESCE(:remote_id, remote_id)
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = 'recorded'
            """,
            [
                "status": job.status, "remote_id": outcome.remoteID, "workspace_id": job.job.workspace,
                "connection_id": crm, "message_id": job.message,
            ])
    }

    /// It was recorded, and somebody there deleted it since. Without an id nothing is brought up to date any more.
    private func forget(_ job: ActivityJob) throws {
        try connection.execute(
            """
            UPDATE activity SET remote_id = NULL, reason = 'gone'
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = 'recorded' AND remote_id = :remote_id
            """,
            [
                "workspace_id": job.job.workspace, "connection_id": crm, "message_id": job.message,
                "remote_id": job.remoteID,
            ])
    }

    private mutating func move(_ job: ActivityJob, to state: String) throws {
        let moved = try connection.execute(
            """
            UPDATE activity SET state = :state
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = 'waiting'
            """,
            [
                "state": state, "workspace_id": job.job.workspace, "connection_id": crm, "message_id": job.message,
            ])
        if moved == 1 { counters.add("crm.\(crm).\(state)", 1, workspace: job.job.workspace) }
    }
}
