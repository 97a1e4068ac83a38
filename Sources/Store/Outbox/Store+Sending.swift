package import Domain

extension Store {
    /// Claims due sends of the lane, asks the gate on the facts as they are now, and marks the permitted ones
    /// `sending`, all in one transaction: a STOP, a take-over or a closed window that committed before it wins.
    ///
    /// - Parameter rests: contacts who must not be written to before a time (Meta's limit for one pair).
    package func claimSends(
        _ grip: LaneGrip, limit: Int, rests: [ContactID: Timestamp] = [:]
    ) async throws -> [SendJob] {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try store.claimSends(grip, limit: limit, rests: rests, connection, at: now).sends
        }
    }

    func claimSends(
        _ grip: LaneGrip, limit: Int, rests: [ContactID: Timestamp], _ connection: any SQLConnection, at now: Timestamp
    ) throws -> (sends: [SendJob], report: RecordReport) {
        let jobs = try connection.claim(grip, limit: limit, kinds: [.send], at: now)
        var marker = SendMarker(store: self, connection: connection, grip: grip, now: now, jobs: jobs)
        var sends: [SendJob] = []
        for job in jobs {
            if let until = rests[ContactID(rawValue: job.orderingKey)], until > now {
                try marker.close(job, .snoozed(until: until), nil)
            } else if let send = try marker.mark(job) {
                sends.append(send)
            }
        }
        return (sends, try marker.commit())
    }

    /// After an upload: asks the gate again and marks the send.
    package func markSend(_ job: ClaimedJob, grip: LaneGrip) async throws -> (send: SendJob?, report: RecordReport) {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            var marker = SendMarker(store: store, connection: connection, grip: grip, now: now, jobs: [job])
            let send = try marker.mark(job)
            return (send, try marker.commit())
        }
    }

    /// Writes what Meta answered: the message's state and its job's together.
    package func record(_ outcomes: [SendOutcome], grip: LaneGrip, policy: RetryPolicy) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            return try store.settle(outcomes, grip: grip, policy: policy, connection, at: now)
        }
    }

    func settle(
        _ outcomes: [SendOutcome], grip: LaneGrip, policy: RetryPolicy, _ connection: any SQLConnection,
        at now: Timestamp
    ) throws -> RecordReport {
        // News of these messages may be on its way in on another node: whoever is second sees what the first wrote.
        if let workspace = grip.workspace {
            try connection.lock(outcomes.compactMap { $0.receipt.map { .wamid($0.messageID) } }, in: workspace)
        }
        var recorder = SendOutcomeRecorder(store: self, connection: connection, now: now)
        for outcome in outcomes {
            try recorder.record(outcome)
        }
        try connection.finish(
            outcomes.map { JobResult(job: $0.job.job.id, outcome: $0.outcome, failure: $0.failure) }, grip: grip,
            policy: policy, holdsFollowers: false, at: now)
        return try recorder.commit()
    }
}
