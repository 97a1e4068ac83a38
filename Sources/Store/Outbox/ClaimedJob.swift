package import Domain

/// A job in somebody's hands.
package struct ClaimedJob: Equatable, Sendable {
    package let id: JobID
    package let workspace: WorkspaceID
    package let kind: JobKind
    package let orderingKey: Int64
    package let subject: Int64
    /// Counted from 1; this one included.
    package let attempt: Int
    package let payload: String
    /// Nobody knows whether it was done: look at the destination before doing it.
    package let mustVerify: Bool
    package let createdAt: Timestamp

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        kind = try row.get("kind")
        orderingKey = try row.get("ordering_key")
        subject = try row.get("subject_id")
        attempt = try row.get("attempt")
        payload = try row.get("payload")
        mustVerify = try row.get("must_verify")
        createdAt = try row.get("created_at")
    }

    static let columns = "id, workspace_id, kind, ordering_key, subject_id, attempt, payload, must_verify, created_at"
}

/// What became of a claimed job.
package struct JobResult: Equatable, Sendable {
    package let job: JobID
    package let outcome: JobOutcome
    package let failure: CallFailure?

    package init(job: JobID, outcome: JobOutcome, failure: CallFailure?) {
        self.job = job
        self.outcome = outcome
        self.failure = failure
    }
}
