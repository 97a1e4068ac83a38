package import Domain

extension Store {
    /// Claims due jobs of a CRM's lane with all that the connector needs.
    ///
    /// - Parameter marksSending: whether those that create something in a CRM which cannot recognise a repeat are
    ///   marked `sending` in the same transaction. Only jobs whose contact is linked are; the others stay `running`.
    package func claimActivities(_ grip: LaneGrip, limit: Int, marksSending: Bool) async throws -> [ActivityJob] {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return [] }
        let now = now()
        return try await database.write(on: .work) { connection in
            try claimActivities(grip, limit: limit, marksSending: marksSending, of: crm, in: workspace, connection, now)
        }
    }

    private func claimActivities(
        _ grip: LaneGrip, limit: Int, marksSending: Bool, of crm: ConnectionID, in workspace: WorkspaceID,
        _ connection: any SQLConnection, _ now: Timestamp
    ) throws -> [ActivityJob] {
        let reader = ActivityReader(connection: connection, crm: crm, workspace: workspace)
        var jobs: [ActivityJob] = []
        for job in try connection.claim(grip, limit: limit, at: now) {
            if let activity = try reader.read(job) {
                jobs.append(activity)
            } else {
                try connection.finish(
                    [JobResult(job: job.id, outcome: .completed, failure: nil)], grip: grip, policy: RetryPolicy(),
                    holdsFollowers: false, at: now)
            }
        }
        if marksSending {
            let creating = jobs.filter { $0.isCreation && $0.contact.remoteID != nil && !$0.job.mustVerify }
            _ = try connection.markSending(creating.map(\.job.id), grip: grip, at: now)
        }
        return jobs
    }

    /// One turn of a CRM's lane in one transaction: writes what the CRM answered, then claims what there is room for.
    /// - Parameters:
    ///   - limit: jobs to claim at most; 0 for none.
    ///   - marksSending: see `claimActivities`.
    package func takeTurn(
        settling outcomes: [ActivityOutcome], claiming limit: Int, marksSending: Bool, grip: LaneGrip,
        policy: RetryPolicy
    ) async throws -> (jobs: [ActivityJob], report: RecordReport) {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return ([], RecordReport()) }
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let report = try settle(outcomes, of: crm, grip: grip, policy: policy, connection, now)
            let jobs =
                limit > 0
                ? try claimActivities(
                    grip, limit: limit, marksSending: marksSending, of: crm, in: workspace, connection, now) : []
            return (jobs, report)
        }
    }

    /// Marks jobs whose contact was linked, or whose absence was verified, before their request leaves.
    package func markSending(_ jobs: [JobID], grip: LaneGrip) async throws {
        guard !jobs.isEmpty else { return }
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            guard try connection.markSending(jobs, grip: grip, at: now) == jobs.count else {
                throw LaneLost(lane: grip.lane)
            }
        }
    }

    /// Writes what the CRM answered: the activity, the job and the ledger together.
    package func record(_ outcomes: [ActivityOutcome], grip: LaneGrip, policy: RetryPolicy) async throws -> RecordReport
    {
        guard case .connection(let crm) = grip.lane else { return RecordReport() }
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            return try settle(outcomes, of: crm, grip: grip, policy: policy, connection, now)
        }
    }

    private func settle(
        _ outcomes: [ActivityOutcome], of crm: ConnectionID, grip: LaneGrip, policy: RetryPolicy,
        _ connection: any SQLConnection, _ now: Timestamp
    ) throws -> RecordReport {
        guard !outcomes.isEmpty else { return RecordReport() }
        var recorder = ActivityOutcomeRecorder(connection: connection, crm: crm, grip: grip, now: now)
        for outcome in outcomes {
            try recorder.record(outcome)
        }
        // A contact's later activities wait under the dead letter of an earlier one.
        try connection.finish(
            outcomes.map { JobResult(job: $0.job.job.id, outcome: $0.outcome, failure: $0.failure) }, grip: grip,
            policy: policy, holdsFollowers: true, at: now)
        return try recorder.commit()
    }
}

extension ActivityJob {
    /// Whether the CRM has nothing of it yet.
    package var isCreation: Bool { job.kind == .recordActivity && remoteID == nil }
}
