package import Domain

extension Store {
    /// Uncertain sends for which no evidence came become dead letters "may have been sent".
    ///
    /// Time counts only while evidence could come: the intake is drained, and a webhook of the number arrived after
    /// the time was up (or an hour has passed, for a number that is simply quiet).
    package func settleUncertain(after patience: Duration, policy: RetryPolicy) async throws -> Int {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            guard try connection.isIntakeDrained(at: now) else { return 0 }
            let rows = try connection.rows(
                """
                SELECT j.id, j.workspace_id, j.subject_id, m.contact_id
                FROM job j
                JOIN message m ON m.id = j.subject_id AND m.workspace_id = j.workspace_id
                JOIN number n ON n.id = m.number_id AND n.workspace_id = j.workspace_id
                WHERE j.state = 'uncertain' AND j.kind = 'whatsapp.send' AND j.changed_at < :patient_since
                    AND (COALESCE(n.last_event_at, 0) > j.changed_at + :patience OR j.changed_at < :hour_ago)
                LIMIT 500
                """,
                [
                    "patient_since": now - patience, "patience": patience.wholeMilliseconds,
                    "hour_ago": now - .hours(1),
                ])
            for row in rows {
                try store.giveUp(on: row, policy: policy, connection, at: now)
            }
            return rows.count
        }
    }

    private func giveUp(
        on row: SQLRow, policy: RetryPolicy, _ connection: any SQLConnection, at now: Timestamp
    ) throws {
        let failure = CallFailure(
            kind: .unknown, code: "may_have_been_sent", scope: .message, vendorText: "",
            advice: LocalizedText(
                en: """
                    The answer was lost and WhatsApp has sent no news of this message: it may have reached the customer. \
                    Ask the customer or look at the phone before sending it again.
                    """,
                es: """
                    Se perdió la respuesta y WhatsApp no ha dado noticias de este mensaje: puede que el cliente lo haya \
                    recibido. Pregunte al cliente antes de volver a enviarlo.
                    """))
        let workspace: WorkspaceID = try row.get("workspace_id")
        try connection.execute(
            """
            UPDATE job
            SET state = 'discarded', failure = :failure, answer_by = :answer_by, changed_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'uncertain'
            """,
            [
                "failure": try JSONText.encode(failure), "answer_by": now + policy.dueIn, "now": now,
                "workspace_id": workspace, "id": try row.get("id", as: JobID.self),
            ])
        try connection.execute(
            """
            UPDATE message SET failure = :failure
            WHERE workspace_id = :workspace_id AND id = :id AND status = 'uncertain'
            """,
            [
                "failure": try JSONText.encode(failure), "workspace_id": workspace,
                "id": try row.get("subject_id", as: MessageID.self),
            ])
    }

    /// The alarm of ``remindOfDeadLetters(before:)``.
    static let deadLettersDue = (kind: "dead_letters_due", subject: "dead_letters")

    /// Dead letters whose due time is near or past raise an alarm once: the reminder of R19.
    package func remindOfDeadLetters(before lead: Duration) async throws -> Int {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let rows = try connection.rows(
                """
                UPDATE job SET reminded_at = :now
                WHERE state = 'discarded' AND reminded_at IS NULL AND answer_by < :soon
                RETURNING id, workspace_id
                """, ["now": now, "soon": now + lead])
            let counts = try Dictionary(grouping: rows) { try $0.get("workspace_id", as: WorkspaceID.self) }
            for (workspace, jobs) in counts {
                try connection.raiseAlarm(
                    Self.deadLettersDue.kind, subject: Self.deadLettersDue.subject, text: .deadLettersDue(jobs.count),
                    in: workspace,
                    id: store.ids.next(), at: now)
            }
            return rows.count
        }
    }
}

extension LocalizedText {
    fileprivate static func deadLettersDue(_ count: Int) -> LocalizedText {
        LocalizedText(
            en: "\(count) dead letters are due for an answer. Open Dead letters and mend, repeat or dismiss them.",
            es:
                "\(count) mensajes sin entregar esperan respuesta. Ábralos en «Sin entregar» y corríjalos, repítalos o descártelos."
        )
    }
}

extension SQLConnection {
    /// Nothing has been waiting for longer than a moment.
    fileprivate func isIntakeDrained(at now: Timestamp) throws -> Bool {
        let oldest = try value(
            "SELECT MIN(received_at) AS oldest FROM intake WHERE state IN ('waiting', 'claimed')", as: Timestamp?.self)
        guard case let oldest?? = oldest else { return true }
        return now - oldest < .seconds(5)
    }
}
