package import Domain

extension Store {
    package func claim(_ grip: LaneGrip, limit: Int, kinds: [JobKind] = []) async throws -> [ClaimedJob] {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.claim(grip, limit: limit, kinds: kinds, at: now)
        }
    }

    /// Puts back what was claimed and has certainly not left; uses up no attempt.
    package func release(_ jobs: [JobID], grip: LaneGrip) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.finish(
                jobs.map { JobResult(job: $0, outcome: .snoozed(until: now), failure: nil) }, grip: grip,
                policy: RetryPolicy(), holdsFollowers: false, at: now)
        }
    }

    /// After a take-over: what the former owner had in hand. What has certainly not left runs again; what may have
    /// left becomes uncertain, or is looked up at the destination first, where that can tell.
    ///
    /// - Parameters:
    ///   - verifyAfter: how long until the destination's index shows what was written; nil when the destination cannot
    ///     be asked.
    ///   - includingOwn: also what this very grip claimed: after a round that failed, when nothing is in hand any more
    ///     and what became of its jobs could not be written.
    /// - Returns: how many may have left.
    package func rescue(_ grip: LaneGrip, verifyAfter: Duration?, includingOwn: Bool = false) async throws -> Int {
        let now = now()
        let epoch = includingOwn ? grip.epoch + 1 : grip.epoch
        return try await database.write(on: .work) { connection in
            try connection.require(grip)
            try connection.execute(
                """
                UPDATE job SET state = 'available', attempt = \(connection.dialect.greatest("attempt - 1", "0")),
                    dedup_key = NULL, changed_at = :now
                WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                    AND state = 'running' AND epoch < :epoch
                """,
                ["now": now, "lane": grip.lane, "workspace_id": grip.workspace, "epoch": epoch])
            return try connection.rescueSending(grip, before: epoch, verifyAfter: verifyAfter, at: now)
        }
    }

    /// Gives a person's dead letter or uncertain job another run.
    /// - Returns: whether there was such a job.
    package func retry(_ job: JobID, in workspace: WorkspaceID, by actor: String) async throws -> Lane? {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let row = try connection.row(
                """
                UPDATE job
                SET state = 'available', holds = 0, attempt = 0, due_at = :now, answer_by = NULL, dedup_key = NULL,
                    changed_at = :now
                WHERE id = :id AND workspace_id = :workspace_id AND state = 'discarded'
                RETURNING lane, kind, subject_id
                """,
                ["now": now, "id": job, "workspace_id": workspace])
            guard let row else { return nil }
            try store.reopenSubject(of: row, in: workspace, connection, at: now)
            try connection.trail(
                job.rawValue, "retried", by: actor, in: workspace, id: store.ids.next(), at: now)
            return try row.get("lane", as: Lane.self)
        }
    }

    /// Puts a dead letter away: its followers go on.
    package func dismiss(_ job: JobID, in workspace: WorkspaceID, by actor: String) async throws -> Lane? {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let row = try connection.row(
                """
                UPDATE job SET state = 'completed', holds = 0, changed_at = :now
                WHERE id = :id AND workspace_id = :workspace_id AND state = 'discarded'
                RETURNING lane, kind, subject_id
                """,
                ["now": now, "id": job, "workspace_id": workspace])
            guard let row else { return nil }
            try connection.trail(
                job.rawValue, "dismissed", by: actor, in: workspace, id: store.ids.next(), at: now)
            try store.closeSubject(of: row, in: workspace, connection, at: now)
            return try row.get("lane", as: Lane.self)
        }
    }
}

extension SQLConnection {
    fileprivate func rescueSending(
        _ grip: LaneGrip, before epoch: Int64, verifyAfter: Duration?, at now: Timestamp
    ) throws -> Int {
        let lane: SQLArguments = ["now": now, "lane": grip.lane, "workspace_id": grip.workspace, "epoch": epoch]
        if let verifyAfter {
            var arguments = lane
            arguments.set("due_at", now + verifyAfter)
            return try execute(
                """
                UPDATE job SET state = 'available', must_verify = 1, due_at = :due_at, dedup_key = NULL, changed_at = :now
                WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                    AND state = 'sending' AND epoch < :epoch
                """, arguments)
        }
        try execute(
            """
            UPDATE message SET status = 'uncertain', status_at = :now
            WHERE workspace_id = :workspace_id AND status = 'sending' AND id IN (
                SELECT subject_id FROM job
                WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                    AND state = 'sending' AND epoch < :epoch
            )
            """, lane)
        return try execute(
            """
            UPDATE job SET state = 'uncertain', changed_at = :now
            WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                AND state = 'sending' AND epoch < :epoch
            """, lane)
    }

    /// Adds to the history that pages and the API show.
    func trail(
        _ subject: Int64, _ event: String, by actor: String, in workspace: WorkspaceID, detail: String = "{}",
        id: Identifier<JobRow>, at now: Timestamp
    ) throws {
        try execute(
            """
            INSERT INTO trail (id, workspace_id, subject_id, event, actor, at, detail)
            VALUES (:id, :workspace_id, :subject_id, :event, :actor, :at, :detail)
            """,
            [
                "id": id, "workspace_id": workspace, "subject_id": subject, "event": event, "actor": actor, "at": now,
                "detail": detail,
            ])
    }
}
