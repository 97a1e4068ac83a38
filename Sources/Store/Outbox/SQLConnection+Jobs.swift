import Domain

extension SQLConnection {
    /// Takes due jobs of the lane, oldest first: of each ordering key only the one that no earlier one holds up.
    func claim(_ grip: LaneGrip, limit: Int, kinds: [JobKind] = [], at now: Timestamp) throws -> [ClaimedJob] {
        try require(grip)
        let rows = try rows(
            Self.claimSQL(dialect, kinds: kinds),
            [
                "epoch": grip.epoch, "now": now, "lane": grip.lane, "workspace_id": grip.workspace, "limit": limit,
            ])
        return try rows.map(ClaimedJob.init).sorted { $0.id < $1.id }
    }

    static func claimSQL(_ dialect: SQLDialect, kinds: [JobKind]) -> String {
        // The kinds are raw values of an enum of ours, never anybody's input.
        let ofKinds = kinds.isEmpty ? "" : "AND j.kind IN (\(kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
        // Picked first and once: a planner that joined the selection could run it again for each row that it updates.
        return """
            WITH picked AS MATERIALIZED (
                SELECT j.id FROM job j
                WHERE j.lane = :lane AND j.workspace_id = :workspace_id AND j.state = 'available' AND j.due_at <= :now
                    \(ofKinds)
                    AND NOT EXISTS (
                        SELECT 1 FROM job e
                        WHERE e.lane = j.lane AND e.ordering_key = j.ordering_key AND e.id < j.id
                            AND (e.state IN ('available', 'running', 'sending') OR e.holds = 1)
                    )
                ORDER BY j.due_at, j.id
                LIMIT :limit
                \(dialect.skipLocked)
            )
            UPDATE job
            SET state = 'running', attempt = attempt + 1, epoch = :epoch, changed_at = :now
            WHERE id IN (SELECT id FROM picked)
            RETURNING \(ClaimedJob.columns)
            """
    }

    /// From here on the request may leave: a crash makes these uncertain.
    func markSending(_ jobs: [JobID], grip: LaneGrip, at now: Timestamp) throws -> Int {
        try executeMany(
            """
            UPDATE job SET state = 'sending', changed_at = :now
            WHERE id = :id AND workspace_id = :workspace_id AND state = 'running' AND epoch = :epoch
            """,
            jobs.map { ["now": now, "id": $0, "workspace_id": grip.workspace, "epoch": grip.epoch] })
    }

    /// Writes what became of jobs that this grip claimed. A job that somebody settled meanwhile stays as it is.
    /// One that is put back gives up its dedup key: another with it may have come to wait in the meantime.
    /// - Parameter holdsFollowers: whether a discarded job holds up the later ones of its ordering key.
    func finish(
        _ results: [JobResult], grip: LaneGrip, policy: RetryPolicy, holdsFollowers: Bool, at now: Timestamp
    ) throws {
        try executeMany(
            """
            UPDATE job
            SET state = :state, due_at = :due_at, attempt = attempt - :given_back, holds = :holds,
                failure = COALESCE(:failure, failure), answer_by = :answer_by, changed_at = :now,
                must_verify = :must_verify,
                dedup_key = CASE WHEN :state = 'available' THEN NULL ELSE dedup_key END
            WHERE id = :id AND workspace_id = :workspace_id AND epoch = :epoch AND state IN ('running', 'sending')
            """,
            try results.map { result in
                var arguments = result.outcome.columns(holds: holdsFollowers, dueIn: policy.dueIn, now: now)
                arguments.set("failure", try result.failure.map(JSONText.encode))
                arguments.set("now", now)
                arguments.set("id", result.job)
                arguments.set("workspace_id", grip.workspace)
                arguments.set("epoch", grip.epoch)
                return arguments
            })
    }
}

extension JobOutcome {
    fileprivate func columns(holds: Bool, dueIn: Duration, now: Timestamp) -> SQLArguments {
        switch self {
        case .completed: columns("completed", dueAt: now)
        case .retried(let at): columns("available", dueAt: at)
        case .snoozed(let until): columns("available", dueAt: until, givenBack: 1)
        case .uncertain: columns("uncertain", dueAt: now)
        case .verifyFirst(let at): columns("available", dueAt: at, mustVerify: true)
        case .discarded: columns("discarded", dueAt: now, holds: holds, answerBy: now + dueIn)
        }
    }

    private func columns(
        _ state: String, dueAt: Timestamp, givenBack: Int = 0, holds: Bool = false, answerBy: Timestamp? = nil,
        mustVerify: Bool = false
    ) -> SQLArguments {
        [
            "state": state, "due_at": dueAt, "given_back": givenBack, "holds": holds, "failure": String?.none,
            "answer_by": answerBy, "must_verify": mustVerify,
        ]
    }
}
