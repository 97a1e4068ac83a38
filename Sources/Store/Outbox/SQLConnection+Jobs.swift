import Domain

extension SQLConnection {
    /// Takes due jobs of the lane, oldest first: of each ordering key only the one that no earlier one holds up, and none
    /// while another runs. (An earlier one may become visible late: its node's clock was behind, or its commit slow.)
    /// Those that this release cannot read are set aside, and hold up nobody.
    func claim(_ grip: LaneGrip, limit: Int, kinds: [JobKind] = [], at now: Timestamp) throws -> [ClaimedJob] {
        try require(grip)
        let rows = try rows(
            Self.claimSQL(dialect, kinds: kinds),
            [
                "epoch": grip.epoch, "now": now, "lane": grip.lane, "workspace_id": grip.workspace, "limit": limit,
            ])
        return try rows.compactMap { try readable($0, grip: grip, at: now) }.sorted { $0.id < $1.id }
    }

    private func readable(_ row: SQLRow, grip: LaneGrip, at now: Timestamp) throws -> ClaimedJob? {
        do {
            return try ClaimedJob(row)
        } catch SQLError.decoding(let reason) {
            try setAside(row, because: reason, grip: grip, at: now)
            return nil
        }
    }

    static func claimSQL(_ dialect: SQLDialect, kinds: [JobKind]) -> String {
        // Kinds that this release does not know are taken, too, so that somebody sets them aside.
        let others = kinds.isEmpty ? [] : JobKind.allCases.filter { !kinds.contains($0) }
        let ofKinds = others.isEmpty ? "" : "AND j.kind NOT IN \(list(others))"
        // Picked first and once: a planner that joined the selection could run it again for each row that it updates.
        // The plus keeps SQLite from looking through all jobs of the workspace for the few that run in the lane.
        return """
            WITH picked AS MATERIALIZED (
                SELECT j.id FROM job j
                WHERE j.lane = :lane AND j.workspace_id = :workspace_id AND j.state = 'available' AND j.due_at <= :now
                    \(ofKinds)
                    AND NOT EXISTS (
                        SELECT 1 FROM job e
                        WHERE e.lane = j.lane AND e.ordering_key = j.ordering_key AND e.id < j.id
                            AND (e.state IN ('available', 'running', 'sending') OR e.holds = 1)
                            AND (e.holds = 1 OR e.kind IN \(list(JobKind.allCases)))
                    )
                    AND j.ordering_key NOT IN (
                        SELECT b.ordering_key FROM job b
                        WHERE b.lane = :lane AND +b.workspace_id = :workspace_id AND b.state IN ('running', 'sending')
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

    /// Raw values of an enum of ours, never anybody's input.
    private static func list(_ kinds: [JobKind]) -> String {
        "(\(kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")))"
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
    /// One that is put back gives up its dedup key: another with it may have come to wait in the meantime. A dead letter
    /// of which nobody knows whether it was done is looked for before a person's next try does it.
    /// - Parameter holdsFollowers: whether a discarded job holds up the later ones of its ordering key.
    func finish(
        _ results: [JobResult], grip: LaneGrip, policy: RetryPolicy, holdsFollowers: Bool, at now: Timestamp
    ) throws {
        try executeMany(
            """
            UPDATE job
            SET state = :state, due_at = :due_at, attempt = attempt - :given_back, holds = :holds,
                failure = COALESCE(:failure, failure), answer_by = :answer_by, changed_at = :now,
                must_verify = CASE WHEN :state = 'discarded' AND must_verify = 1 THEN 1 ELSE :must_verify END,
                dedup_key = CASE WHEN :state = 'available' THEN NULL ELSE dedup_key END
            WHERE id = :id AND workspace_id = :workspace_id AND epoch = :epoch AND state IN ('running', 'sending')
            """,
            try results.map { result in
                var arguments = result.outcome.columns(holds: holdsFollowers, dueIn: policy.dueIn, now: now)
                arguments.set("failure", try result.failure.map(JSONText.encode))
                if result.isDiscardedInDoubt { arguments.set("must_verify", true) }
                arguments.set("now", now)
                arguments.set("id", result.job)
                arguments.set("workspace_id", grip.workspace)
                arguments.set("epoch", grip.epoch)
                return arguments
            })
    }
}

extension JobResult {
    fileprivate var isDiscardedInDoubt: Bool { outcome == .discarded && failure?.kind == .unknown }
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
