package import Domain

/// A job to be written with the fact that causes it.
package struct NewJob: Sendable {
    package let kind: JobKind
    package let workspace: WorkspaceID
    package let lane: Lane
    package let orderingKey: Int64
    package let subject: Int64
    package let dueAt: Timestamp?
    package let dedupKey: String?
    package let payload: String

    /// - Parameters:
    ///   - dueAt: nil for at once.
    ///   - dedupKey: at most one job with it is `available` at a time; another is a no-op.
    ///   - payload: JSON.
    package init(
        kind: JobKind, workspace: WorkspaceID, lane: Lane, orderingKey: Int64, subject: Int64,
        dueAt: Timestamp? = nil, dedupKey: String? = nil, payload: String = "{}"
    ) {
        self.kind = kind
        self.workspace = workspace
        self.lane = lane
        self.orderingKey = orderingKey
        self.subject = subject
        self.dueAt = dueAt
        self.dedupKey = dedupKey
        self.payload = payload
    }
}

extension SQLConnection {
    /// Whether a job was written; false when one with the same dedup key waits already.
    @discardableResult
    func enqueue(_ job: NewJob, id: JobID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            INSERT INTO job
                (id, workspace_id, kind, lane, ordering_key, state, due_at, subject_id, dedup_key, payload, created_at,
                 changed_at)
            VALUES
                (:id, :workspace_id, :kind, :lane, :ordering_key, 'available', :due_at, :subject_id, :dedup_key,
                 :payload, :now, :now)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": id, "workspace_id": job.workspace, "kind": job.kind, "lane": job.lane,
                "ordering_key": job.orderingKey, "due_at": job.dueAt ?? now, "subject_id": job.subject,
                "dedup_key": job.dedupKey, "payload": job.payload, "now": now,
            ]) == 1
    }
}
