package import Domain

/// What a person decides about dead letters, inside one transaction, and about messages that may have been sent, for
/// which evidence is still waited for. Jobs that need nobody (any more) are passed over: evidence, or a colleague, was
/// faster.
struct DeadLetterSettling {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let actor: String
    let now: Timestamp

    /// Gives them another run; their subjects are queued or wait again.
    /// - Parameter confirmed: also those that may have been sent: the customer may get them twice. Without it they stay
    ///   as they are and are named in the report.
    func retry(_ jobs: [JobID], event: String = "retried", confirmed: Bool) throws -> DeadLetterReport {
        let unconfirmed = confirmed ? [] : try mayHaveLeft(among: jobs)
        let tried = jobs.filter { !unconfirmed.contains($0) }
        try connection.forgetUnreachable(at: try messagesThatLeft(by: tried), in: workspace)
        var report = try settle(
            tried, event: event,
            set: """
                state = 'available', holds = 0, attempt = 0, due_at = :now, answer_by = NULL, reminded_at = NULL,
                    dedup_key = NULL, changed_at = :now
                """
        ) { try store.reopenSubject(of: $0, in: workspace, connection, at: now) }
        report.unconfirmed = unconfirmed
        return report
    }

    /// Those that have left once. What was refused because nobody is reached at the number is tried again when
    /// somebody says so on the contact's page: many promotions put back at once must not all leave for dead numbers.
    private func messagesThatLeft(by jobs: [JobID]) throws -> [MessageID] {
        guard !jobs.isEmpty else { return [] }
        let ids = SQLValueList("job", jobs)
        let rows = try connection.rows(
            """
            SELECT m.id, j.failure FROM job j
            JOIN message m ON m.workspace_id = j.workspace_id AND m.id = j.subject_id
            WHERE j.workspace_id = :workspace_id AND j.id IN \(ids.sql) AND j.kind = 'whatsapp.send'
                AND j.state IN ('discarded', 'uncertain')
            """, ids.arguments(["workspace_id": workspace]))
        let tried = try rows.filter { try $0.failure("failure")?.code != SendRefusal.numberUnreachable.rawValue }
        return Array(Set(try tried.map { try $0.get("id", as: MessageID.self) })).sorted()
    }

    private func mayHaveLeft(among jobs: [JobID]) throws -> Set<JobID> {
        guard !jobs.isEmpty else { return [] }
        let ids = SQLValueList("job", jobs)
        let rows = try connection.rows(
            """
            SELECT j.id FROM job j
            LEFT JOIN message m ON m.workspace_id = j.workspace_id AND m.id = j.subject_id
            WHERE j.workspace_id = :workspace_id AND j.id IN \(ids.sql) AND j.kind = 'whatsapp.send'
                AND (j.state = 'uncertain' OR (j.state = 'discarded' AND m.status = 'uncertain'))
            """, ids.arguments(["workspace_id": workspace]))
        return Set(try rows.map { try $0.get("id") })
    }

    /// Puts them away; what they held up goes on.
    func dismiss(_ jobs: [JobID]) throws -> DeadLetterReport {
        try settle(jobs, event: "dismissed", set: "state = 'completed', holds = 0, changed_at = :now") {
            try store.closeSubject(of: $0, in: workspace, connection, at: now)
        }
    }

    private func settle(
        _ jobs: [JobID], event: String, set: String, subject: (SQLRow) throws -> Void
    ) throws -> DeadLetterReport {
        guard !jobs.isEmpty else { return DeadLetterReport() }
        let ids = SQLValueList("job", jobs)
        let rows = try connection.rows(
            """
            UPDATE job SET \(set)
            WHERE workspace_id = :workspace_id AND id IN \(ids.sql)
                AND (state = 'discarded' OR (state = 'uncertain' AND kind = 'whatsapp.send'))
            RETURNING id, lane, kind, subject_id
            """, ids.arguments(["now": now, "workspace_id": workspace]))
        var report = DeadLetterReport()
        for row in rows {
            try subject(row)
            let job: JobID = try row.get("id")
            try connection.trail(job.rawValue, event, by: actor, in: workspace, id: store.ids.next(), at: now)
            report.settled.insert(job)
            if let lane = Lane(try row.get("lane", as: String.self)) { report.lanes.insert(lane) }
        }
        report.conversations = try conversations(of: rows.map { try $0.get("subject_id") })
        try DeadLetterReminder(connection: connection, workspace: workspace).refresh(id: store.ids.next(), at: now)
        return report
    }

    private func conversations(of subjects: [Int64]) throws -> Set<ConversationID> {
        guard !subjects.isEmpty else { return [] }
        let ids = SQLValueList("subject", subjects)
        let rows = try connection.rows(
            "SELECT DISTINCT conversation_id FROM message WHERE workspace_id = :workspace_id AND id IN \(ids.sql)",
            ids.arguments(["workspace_id": workspace]))
        return Set(try rows.map { try $0.get("conversation_id") })
    }
}

/// What became of the dead letters that a person settled.
package struct DeadLetterReport: Equatable, Sendable {
    package internal(set) var settled: Set<JobID> = []
    /// Left as they are: they may have been sent, and nobody said that they shall be sent all the same.
    package internal(set) var unconfirmed: Set<JobID> = []
    /// To be woken.
    package internal(set) var lanes: Set<Lane> = []
    /// Whose pages changed.
    package internal(set) var conversations: Set<ConversationID> = []
}
