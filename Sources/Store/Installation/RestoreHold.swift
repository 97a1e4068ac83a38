package import Domain

/// Holds a restored installation: nothing leaves for customers until a person releases it, since what was due when the
/// backup was made may have gone out after it.
package struct RestoreHold: Sendable {
    package struct Report: Equatable, Sendable {
        /// Messages to customers of which nobody can tell any more whether they were sent.
        package let uncertainMessages: Int
    }

    /// The alarm that stands until the release.
    package static let alarmKind = "installation_held"
    private static let facts = ["held", "held_since", "held_backup_at"]

    private let database: any SQLDatabase
    private let ids: IDGenerator

    package init(_ database: any SQLDatabase, ids: IDGenerator) {
        self.database = database
        self.ids = ids
    }

    /// One transaction: the mark, the alarm, the sends that were due or dead letters, what was due to be written into CRMs
    /// or could not be (it is looked for there first), and the end of all sessions (one that was ended after the backup must not come back to life).
    /// - Parameter backupAt: the moment that the backup shows; nil when nobody knows it.
    package func apply(backupAt: Timestamp?, now: Timestamp) async throws -> Report {
        let ids = ids
        return try await database.write(on: .work) { connection in
            try connection.set(installation: "held", to: "1")
            try connection.set(installation: "held_since", to: "\(now.milliseconds)")
            if let backupAt { try connection.set(installation: "held_backup_at", to: "\(backupAt.milliseconds)") }
            try connection.execute("DELETE FROM session")
            let count = try connection.makeDueSendsUncertain(at: now)
            try connection.doubtDueRecords(at: now)
            for workspace in try connection.workspaces() {
                try connection.raiseAlarm(
                    Self.alarmKind, subject: "installation", text: .held, in: workspace, id: ids.next(), at: now)
            }
            return Report(uncertainMessages: count)
        }
    }

    /// A person has looked at the gap: messages to customers leave again.
    /// - Returns: false when the installation was not held.
    @discardableResult
    package func release(now: Timestamp) async throws -> Bool {
        try await database.write(on: .work) { connection in
            let wasHeld = try connection.isHeld()
            for name in Self.facts {
                try connection.execute("DELETE FROM installation WHERE name = :name", ["name": name])
            }
            for workspace in try connection.workspaces() {
                try connection.clearAlarm(Self.alarmKind, subject: "installation", in: workspace, at: now)
            }
            return wasHeld
        }
    }
}

extension SQLDatabase {
    /// Whether messages to customers wait for a release.
    package func isHeld() async throws -> Bool {
        try await read(on: .work) { try $0.isHeld() }
    }
}

extension SQLConnection {
    fileprivate func set(installation name: String, to value: String) throws {
        try execute(
            """
            INSERT INTO installation (name, value) VALUES (:name, :value)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value
            """, ["name": name, "value": value])
    }

    /// Sends that had not ended well when the backup was made, and their messages. Somebody may have tried a dead letter
    /// again since: it is no longer sure that it did not leave.
    fileprivate func makeDueSendsUncertain(at now: Timestamp) throws -> Int {
        let jobs = try rows(
            """
            UPDATE job SET state = 'uncertain', answer_by = NULL, reminded_at = NULL, changed_at = :now
            WHERE workspace_id > 0 AND kind = 'whatsapp.send'
                AND state IN ('available', 'running', 'sending', 'discarded')
            RETURNING workspace_id, subject_id
            """, ["now": now])
        try executeMany(
            """
            UPDATE message SET status = 'uncertain', status_at = :now, failure = NULL
            WHERE workspace_id = :workspace_id AND id = :id
                AND status IN ('queued', 'sending', 'failed', 'refused') AND wamid IS NULL
            """,
            try jobs.map { row in
                [
                    "now": now, "workspace_id": try row.get("workspace_id", as: WorkspaceID.self),
                    "id": try row.get("subject_id", as: MessageID.self),
                ]
            })
        return jobs.count
    }

    /// What a CRM did not have when the backup was made may be there since.
    fileprivate func doubtDueRecords(at now: Timestamp) throws {
        try execute(
            """
            UPDATE job SET must_verify = 1, changed_at = :now
            WHERE workspace_id > 0 AND kind = 'crm.activity'
                AND state IN ('available', 'running', 'sending', 'discarded')
            """, ["now": now])
    }
}

extension LocalizedText {
    fileprivate static let held = LocalizedText(
        en: """
            This installation was restored from a backup: nothing leaves for customers. Look at the messages that may have \
            been sent, then release it in Connections.
            """,
        es: """
            Esta instalación se restauró de una copia de seguridad: no sale nada hacia los clientes. Revise los mensajes \
            que quizá se enviaron y libérela en Conexiones.
            """)
}
