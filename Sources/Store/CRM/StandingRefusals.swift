import Domain

/// A CRM that refuses a contact, or what became of a message, refuses it at every look. That is one dead letter: a further
/// refusal is written on it, with the newest reason and all the attempts, and a success settles it. One that a person put
/// away stays away until the CRM says something else, or of another value.
///
/// A job that was put away is `completed` and keeps its due time, by which it is known; see ``PruneStep`` for how long.
struct StandingRefusals {
    struct Ended {
        let job: JobID
        let key: Key
        let outcome: JobOutcome

        init(_ job: ClaimedJob, _ outcome: JobOutcome) {
            self.job = job.id
            key = Key(kind: job.kind, subject: job.subject)
            self.outcome = outcome
        }
    }

    struct Key: Hashable {
        let kind: JobKind
        let subject: Int64
    }

    let connection: any SQLConnection
    let workspace: WorkspaceID
    let lane: Lane
    let now: Timestamp

    /// Other kinds come once for each subject.
    private static let kinds: Set<JobKind> = [.upsertContact, .updateActivity]

    /// After the jobs were written as finished, in the same transaction.
    func settle(_ all: [Ended]) throws {
        let ended = all.filter { Self.kinds.contains($0.key.kind) && $0.outcome.isEnd }
        guard !ended.isEmpty else { return }
        let letters = try letters(of: Set(ended.map(\.key)))
        for end in ended {
            guard let found = letters[end.key] else { continue }
            if end.outcome == .completed {
                try close(found.map(\.id))
            } else if let own = found.first(where: { $0.id == end.job && $0.isOpen }) {
                try place(own, among: found.filter { $0.id != own.id })
            }
        }
    }

    private struct Letter {
        let id: JobID
        /// Else a person put it away.
        let isOpen: Bool
        let attempts: Int
        /// As it is kept.
        let failure: String?
        let payload: String
        let answerBy: Timestamp?
        let mustVerify: Bool
    }

    private func letters(of keys: Set<Key>) throws -> [Key: [Letter]] {
        let subjects = SQLValueList("subject", Set(keys.map(\.subject)).sorted())
        let rows = try connection.rows(
            """
            SELECT id, kind, subject_id, state, attempt, failure, payload, answer_by, must_verify FROM job
            WHERE workspace_id = :workspace_id AND subject_id IN \(subjects.sql) AND lane = :lane
                AND kind IN ('crm.contact', 'crm.update')
                AND (state = 'discarded' OR (state = 'completed' AND answer_by IS NOT NULL))
            ORDER BY id
            """, subjects.arguments(["workspace_id": workspace, "lane": lane]))
        return try rows.reduce(into: [:]) { letters, row in
            let key = Key(kind: try row.get("kind"), subject: try row.get("subject_id"))
            let letter = Letter(
                id: try row.get("id"), isOpen: try row.get("state", as: JobState.self) == .discarded,
                attempts: try row.get("attempt"), failure: try row.get("failure"), payload: try row.get("payload"),
                answerBy: try row.get("answer_by"), mustVerify: try row.get("must_verify"))
            letters[key, default: []].append(letter)
        }
    }

    private func place(_ own: Letter, among others: [Letter]) throws {
        let open = others.filter(\.isOpen)
        let putAway = others.filter { !$0.isOpen }
        if open.isEmpty, let known = putAway.last(where: { isSame($0, own) }) {
            try close([own.id])
            return try see(known.id)
        }
        try close(putAway.map(\.id))
        guard let oldest = open.first else { return }
        let all = [own] + open
        let kept = min(own.id, oldest.id)
        try close(all.map(\.id).filter { $0 != kept })
        try connection.execute(
            """
            UPDATE job
            SET attempt = :attempt, failure = :failure, payload = :payload, answer_by = :answer_by,
                must_verify = :must_verify, changed_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'discarded'
            """,
            [
                "attempt": all.reduce(0) { $0 + $1.attempts }, "failure": own.failure,
                // Whether the record is to be found or made first.
                "payload": all.map(\.payload).first { $0 == NewJob.findingPayload } ?? own.payload,
                "answer_by": all.compactMap(\.answerBy).min(), "must_verify": all.contains(where: \.mustVerify),
                "now": now, "workspace_id": workspace, "id": kept,
            ])
    }

    private func isSame(_ one: Letter, _ other: Letter) -> Bool {
        // What cannot be read is another refusal: it is shown.
        guard let known = try? one.failure.map({ try JSONText.decode(CallFailure.self, from: $0) }),
            let said = try? other.failure.map({ try JSONText.decode(CallFailure.self, from: $0) })
        else { return false }
        return said.isSameRefusal(as: known)
    }

    /// Needs nobody any more, and is forgotten as whatever is done.
    private func close(_ jobs: [JobID]) throws {
        try connection.executeMany(
            """
            UPDATE job SET state = 'completed', holds = 0, answer_by = NULL, changed_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND state IN ('discarded', 'completed')
            """, jobs.map { ["now": now, "workspace_id": workspace, "id": $0] })
    }

    /// What still comes again is remembered.
    private func see(_ job: JobID) throws {
        try connection.execute(
            "UPDATE job SET changed_at = :now WHERE workspace_id = :workspace_id AND id = :id AND state = 'completed'",
            ["now": now, "workspace_id": workspace, "id": job])
    }
}

extension JobOutcome {
    fileprivate var isEnd: Bool {
        switch self {
        case .completed, .discarded: true
        case .retried, .snoozed, .uncertain, .verifyFirst: false
        }
    }
}
