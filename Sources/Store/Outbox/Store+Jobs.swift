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
    ///   - begun: those of its own whose requests may have left. The others were marked in a transaction whose answer was
    ///     lost, and have certainly not left. Nil when nobody knows.
    package func rescue(
        _ grip: LaneGrip, verifyAfter: Duration?, includingOwn: Bool = false, begun: Set<JobID>? = nil
    ) async throws -> Rescue {
        let now = now()
        let store = self
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
            let back =
                try begun.map { try store.putBackUnbegun(grip, begun: $0, connection, at: now) } ?? RecordReport()
            guard let verifyAfter else {
                let rescue = try store.giveUpSending(grip, before: epoch, connection, at: now)
                return Rescue(mayHaveLeft: rescue.mayHaveLeft, report: back.joined(with: rescue.report))
            }
            let count = try connection.verifySending(grip, before: epoch, after: verifyAfter, at: now)
            return Rescue(mayHaveLeft: count, report: back)
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
                SET state = 'available', holds = 0, attempt = 0, due_at = :now, answer_by = NULL, reminded_at = NULL,
                    dedup_key = NULL, changed_at = :now
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

/// What a take-over found.
package struct Rescue: Sendable {
    /// Jobs that may have left.
    package let mayHaveLeft: Int
    package let report: RecordReport
}

extension Store {
    /// Marked `sending` under this very grip, and never begun here: they wait again, with all their attempts.
    fileprivate func putBackUnbegun(
        _ grip: LaneGrip, begun: Set<JobID>, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> RecordReport {
        guard let workspace = grip.workspace else { return RecordReport() }
        let marked = try connection.rows(
            """
            SELECT j.id AS job_id, m.id, m.contact_id, m.conversation_id
            FROM job j
            JOIN message m ON m.id = j.subject_id AND m.workspace_id = j.workspace_id
            WHERE j.lane = :lane AND j.workspace_id = :workspace_id AND j.state IN ('running', 'sending')
                AND j.state = 'sending' AND j.epoch = :epoch
            ORDER BY j.id
            """, ["lane": grip.lane, "workspace_id": workspace, "epoch": grip.epoch])
        var recorder = SendOutcomeRecorder(store: self, connection: connection, now: now)
        for row in marked {
            let job: JobID = try row.get("job_id")
            guard !begun.contains(job) else { continue }
            try connection.execute(
                """
                UPDATE job SET state = 'available', attempt = \(connection.dialect.greatest("attempt - 1", "0")),
                    changed_at = :now
                WHERE workspace_id = :workspace_id AND id = :id AND state = 'sending'
                """, ["now": now, "workspace_id": workspace, "id": job])
            try recorder.putBack(.init(row, in: workspace))
        }
        return try recorder.commit()
    }

    /// Nobody can say what became of these: a person, and the CRMs, are told so.
    fileprivate func giveUpSending(
        _ grip: LaneGrip, before epoch: Int64, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> Rescue {
        let lane: SQLArguments = ["lane": grip.lane, "workspace_id": grip.workspace, "epoch": epoch]
        let messages = try connection.rows(
            """
            SELECT id, workspace_id, contact_id, conversation_id FROM message
            WHERE +workspace_id = :workspace_id AND status = 'sending' AND id IN (
                SELECT subject_id FROM job
                WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                    AND state = 'sending' AND epoch < :epoch AND kind = 'whatsapp.send'
            )
            ORDER BY id
            """, lane)
        var recorder = SendOutcomeRecorder(store: self, connection: connection, now: now)
        for row in messages {
            try recorder.settle(.init(row, in: try row.get("workspace_id")), as: .uncertain, because: nil)
        }
        var arguments = lane
        arguments.set("now", now)
        let count = try connection.execute(
            """
            UPDATE job SET state = 'uncertain', changed_at = :now
            WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                AND state = 'sending' AND epoch < :epoch
            """, arguments)
        return Rescue(mayHaveLeft: count, report: try recorder.commit())
    }
}

extension SQLConnection {
    fileprivate func verifySending(
        _ grip: LaneGrip, before epoch: Int64, after delay: Duration, at now: Timestamp
    ) throws -> Int {
        try execute(
            """
            UPDATE job SET state = 'available', must_verify = 1, due_at = :due_at, dedup_key = NULL, changed_at = :now
            WHERE lane = :lane AND workspace_id = :workspace_id AND state IN ('running', 'sending')
                AND state = 'sending' AND epoch < :epoch
            """,
            [
                "due_at": now + delay, "now": now, "lane": grip.lane, "workspace_id": grip.workspace, "epoch": epoch,
            ])
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
