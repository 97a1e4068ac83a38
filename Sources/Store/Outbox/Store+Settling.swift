package import Domain

/// Sends for which no evidence came.
package struct GivenUp: Equatable, Sendable {
    package var count = 0
    package var report = RecordReport()
}

extension Store {
    /// Uncertain sends for which no evidence came become dead letters "may have been sent".
    ///
    /// Time counts only while evidence could come: the intake is drained, and a webhook of the number arrived after
    /// the time was up (or an hour has passed, for a number that is simply quiet).
    package func settleUncertain(after patience: Duration, policy: RetryPolicy) async throws -> GivenUp {
        let now = now()
        let store = self
        guard try await database.read(on: .work, { try $0.isIntakeDrained(at: now) }) else { return GivenUp() }
        return try await database.write(on: .work) { connection in
            let rows = try connection.rows(
                """
                SELECT j.id AS job_id, j.workspace_id, m.id, m.contact_id, m.conversation_id
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
            var recorder = SendOutcomeRecorder(store: store, connection: connection, now: now)
            for row in rows {
                try store.giveUp(on: row, policy: policy, &recorder, at: now)
            }
            return GivenUp(count: rows.count, report: try recorder.commit())
        }
    }

    private func giveUp(
        on row: SQLRow, policy: RetryPolicy, _ recorder: inout SendOutcomeRecorder, at now: Timestamp
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
        try recorder.connection.execute(
            """
            UPDATE job
            SET state = 'discarded', failure = :failure, answer_by = :answer_by, changed_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'uncertain'
            """,
            [
                "failure": try JSONText.encode(failure), "answer_by": now + policy.dueIn, "now": now,
                "workspace_id": workspace, "id": try row.get("job_id", as: JobID.self),
            ])
        try recorder.settle(.init(row, in: workspace), as: .uncertain, because: failure)
    }

    /// Dead letters whose due time is near or past are reminded of by one alarm: R19. It says how many there are now, and
    /// ends with the last of them.
    /// - Returns: how many it reminds of for the first time.
    package func remindOfDeadLetters(before lead: Duration) async throws -> Int {
        let now = now()
        let store = self
        let count = try await database.write(on: .work) { connection in
            let rows = try connection.rows(
                """
                UPDATE job SET reminded_at = :now
                WHERE state = 'discarded' AND reminded_at IS NULL AND answer_by < :soon
                RETURNING id, workspace_id
                """, ["now": now, "soon": now + lead])
            for workspace in Set(try rows.map { try $0.get("workspace_id", as: WorkspaceID.self) }) {
                try DeadLetterReminder(connection: connection, workspace: workspace).refresh(
                    id: store.ids.next(), at: now)
            }
            return rows.count
        }
        try await refreshReminders(at: now)
        return count
    }

    /// Looked at outside a write: most of the time there is nothing to change.
    private func refreshReminders(at now: Timestamp) async throws {
        let stale = try await database.read(on: .work) { connection in
            try connection.workspaces().filter {
                try DeadLetterReminder(connection: connection, workspace: $0).isStale()
            }
        }
        let store = self
        for workspace in stale {
            try await database.write(on: .work) { connection in
                try DeadLetterReminder(connection: connection, workspace: workspace).refresh(
                    id: store.ids.next(), at: now)
            }
        }
    }
}

extension SQLConnection {
    /// Nothing has been waiting for longer than a moment. Looks at the oldest of each share: ids begin with their time.
    fileprivate func isIntakeDrained(at now: Timestamp) throws -> Bool {
        try [0, 1].allSatisfy { isBulk in
            let oldest = try value(
                """
                SELECT received_at FROM intake
                WHERE state IN ('waiting', 'claimed') AND is_bulk = :is_bulk
                ORDER BY id LIMIT 1
                """, ["is_bulk": isBulk], as: Timestamp.self)
            return oldest.map { now - $0 < .seconds(5) } ?? true
        }
    }
}
