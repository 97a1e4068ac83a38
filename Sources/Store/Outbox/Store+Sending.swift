package import Domain

extension Store {
    /// Claims due sends of the lane, asks the gate on the facts as they are now, and marks the permitted ones
    /// `sending`, all in one transaction: a STOP, a take-over or a closed window that committed before it wins.
    package func claimSends(_ grip: LaneGrip, limit: Int) async throws -> [SendJob] {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let jobs = try connection.claim(grip, limit: limit, kinds: [.send], at: now)
            return try jobs.compactMap {
                try SendMarker(store: store, connection: connection, grip: grip, now: now).mark($0)
            }
        }
    }

    /// After an upload: asks the gate again and marks the send.
    package func markSend(_ job: ClaimedJob, grip: LaneGrip) async throws -> SendJob? {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            return try SendMarker(store: store, connection: connection, grip: grip, now: now).mark(job)
        }
    }

    /// Writes what Meta answered: the message's state and its job's together.
    package func record(_ outcomes: [SendOutcome], grip: LaneGrip, policy: RetryPolicy) async throws -> RecordReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            var recorder = SendOutcomeRecorder(store: store, connection: connection, grip: grip, now: now)
            for outcome in outcomes {
                try recorder.record(outcome)
            }
            try connection.finish(
                outcomes.map { JobResult(job: $0.job.job.id, outcome: $0.outcome, failure: $0.failure) }, grip: grip,
                policy: policy, holdsFollowers: false, at: now)
            return try recorder.commit()
        }
    }
}
