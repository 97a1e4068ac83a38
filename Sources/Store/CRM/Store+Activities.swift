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
                .jobs
        }
    }

    private func claimActivities(
        _ grip: LaneGrip, limit: Int, marksSending: Bool, of crm: ConnectionID, in workspace: WorkspaceID,
        _ connection: any SQLConnection, _ now: Timestamp
    ) throws -> CRMTurn {
        let reader = ActivityReader(connection: connection, crm: crm, workspace: workspace)
        let contactReader = ContactJobReader(connection: connection, crm: crm, workspace: workspace)
        var unreadable = UnreadableActivities(connection: connection, crm: crm, grip: grip, now: now)
        var turn = CRMTurn()
        for job in try connection.claim(grip, limit: limit, at: now) {
            do {
                if job.kind == .tellErasure {
                    turn.contacts.append(try contactReader.erasure(job))
                } else if job.kind == .upsertContact, let contact = try contactReader.read(job) {
                    turn.contacts.append(contact)
                } else if job.kind != .upsertContact, let activity = try reader.read(job) {
                    turn.jobs.append(activity)
                } else {
                    try connection.finish(
                        [JobResult(job: job.id, outcome: .completed, failure: nil)], grip: grip, policy: RetryPolicy(),
                        holdsFollowers: false, at: now)
                }
            } catch SQLError.decoding(let reason) {
                try unreadable.discard(job, because: reason)
            }
        }
        if marksSending {
            let creating = turn.jobs.filter { $0.isCreation && $0.contact.remoteID != nil && !$0.job.mustVerify }
            _ = try connection.markSending(creating.map(\.job.id), grip: grip, at: now)
        }
        turn.report = try unreadable.commit()
        return turn
    }

    /// One turn of a CRM's lane in one transaction: writes what the CRM answered, then claims what there is room for.
    /// - Parameters:
    ///   - contacts: what it answered of contacts that were brought up to date.
    ///   - limit: jobs to claim at most; 0 for none.
    ///   - marksSending: see `claimActivities`.
    package func takeTurn(
        settling outcomes: [ActivityOutcome], contacts: [ContactOutcome] = [], claiming limit: Int, marksSending: Bool,
        grip: LaneGrip, policy: RetryPolicy
    ) async throws -> CRMTurn {
        guard case .connection(let crm) = grip.lane, let workspace = grip.workspace else { return CRMTurn() }
        let now = now()
        // What was claimed leaves: the facts behind it must be on the disk. What was settled is in nobody's hands any more.
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            let report = try settle(outcomes, of: crm, grip: grip, policy: policy, connection, now)
            try settle(contacts, of: crm, in: workspace, grip: grip, policy: policy, connection, at: now)
            guard limit > 0 else { return CRMTurn(report: report) }
            var turn = try claimActivities(
                grip, limit: limit, marksSending: marksSending, of: crm, in: workspace, connection, now)
            turn.report = report.joined(with: turn.report)
            return turn
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
        // A contact's later activities wait under the dead letter of an earlier one. An update that failed holds up
        // nothing: whatever comes later carries its news.
        let updates = outcomes.filter { $0.job.job.kind == .updateActivity }
        let others = outcomes.filter { $0.job.job.kind != .updateActivity }
        try connection.finish(others.map(\.result), grip: grip, policy: policy, holdsFollowers: true, at: now)
        try connection.finish(updates.map(\.result), grip: grip, policy: policy, holdsFollowers: false, at: now)
        if let workspace = grip.workspace {
            try StandingRefusals(connection: connection, workspace: workspace, lane: grip.lane, now: now)
                .settle(updates.map { StandingRefusals.Ended($0.job.job, $0.outcome) })
        }
        try connection.keepDoubt(outcomes.filter(\.isInDoubt).map(\.job.job.id), grip: grip)
        return try recorder.commit()
    }
}

extension ActivityOutcome {
    fileprivate var result: JobResult { JobResult(job: job.job.id, outcome: outcome, failure: failure) }
}

extension SQLConnection {
    /// Jobs that were put back without an attempt, and must be looked for first all the same.
    fileprivate func keepDoubt(_ jobs: [JobID], grip: LaneGrip) throws {
        try executeMany(
            """
            UPDATE job SET must_verify = 1
            WHERE id = :id AND workspace_id = :workspace_id AND epoch = :epoch AND state = 'available'
            """,
            jobs.map { ["id": $0, "workspace_id": grip.workspace, "epoch": grip.epoch] })
    }
}

extension ActivityJob {
    /// Whether the CRM has nothing of it yet.
    package var isCreation: Bool { job.kind == .recordActivity && remoteID == nil }

    /// An update of what the CRM does not have (yet): the creation carries the newest state. A creation that is done.
    package var isNothingToDo: Bool {
        switch job.kind {
        case .updateActivity: remoteID == nil
        case .recordActivity: remoteID != nil
        default: true
        }
    }
}
