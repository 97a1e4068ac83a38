package import Domain

/// A scope in which nothing leaves.
package struct Pause: Equatable, Sendable {
    package let workspace: WorkspaceID
    package let scope: PauseScope
    package let key: String
    package let since: Timestamp
    /// Nil: until a person mends it.
    package let until: Timestamp?
    package let code: String
    package let advice: LocalizedText

    /// The code of a pause that a person made: no success ends it, and no failure takes its place.
    package static let byPerson = "paused_by_person"

    package var isByPerson: Bool { code == Self.byPerson }

    /// The alarm of a pause that only a person ends.
    static func alarmKind(code: String) -> String { code == byPerson ? byPerson : "paused" }
}

extension Store {
    /// Stops a scope and, when only a person can mend it, raises an alarm. A longer pause is never shortened, and goes on
    /// saying why it is there: a person's before all, then one that a person must mend. One that is over leaves its row
    /// to the next, which begins anew.
    package func pause(
        _ scope: PauseScope, key: String, in workspace: WorkspaceID, failure: CallFailure, until: Timestamp?
    ) async throws {
        let now = now()
        let store = self
        let stays = """
            pause.code = :by_person
                OR (excluded.until IS NOT NULL AND (pause.until IS NULL OR pause.until > excluded.until))
            """
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                INSERT INTO pause (id, workspace_id, scope, scope_key, until, code, advice, vendor_text, created_at)
                VALUES (:id, :workspace_id, :scope, :scope_key, :until, :code, :advice, :vendor_text, :now)
                ON CONFLICT (workspace_id, scope, scope_key) DO UPDATE
                SET until = CASE
                        WHEN pause.until IS NULL OR excluded.until IS NULL THEN NULL
                        ELSE \(connection.dialect.greatest("pause.until", "excluded.until"))
                    END,
                    created_at = CASE WHEN pause.until <= excluded.created_at THEN excluded.created_at
                        ELSE pause.created_at END,
                    code = CASE WHEN \(stays) THEN pause.code ELSE excluded.code END,
                    advice = CASE WHEN \(stays) THEN pause.advice ELSE excluded.advice END,
                    vendor_text = CASE WHEN \(stays) THEN pause.vendor_text ELSE excluded.vendor_text END
                """,
                [
                    "id": store.ids.next(AlarmRow.self), "workspace_id": workspace, "scope": scope, "scope_key": key,
                    "until": until, "code": failure.code, "advice": try JSONText.encode(failure.advice),
                    "vendor_text": failure.vendorText, "now": now, "by_person": Pause.byPerson,
                ])
            guard until == nil else { return }
            try connection.raiseAlarm(
                Pause.alarmKind(code: failure.code), subject: "\(scope.rawValue):\(key)", text: failure.advice,
                in: workspace,
                id: store.ids.next(), at: now)
        }
    }

    /// Pauses that hold now.
    package func pauses() async throws -> [Pause] {
        let now = now()
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT workspace_id, scope, scope_key, created_at, until, code, advice FROM pause
                WHERE until IS NULL OR until > :now
                """, ["now": now]
            ).map {
                Pause(
                    workspace: try $0.get("workspace_id"), scope: try $0.get("scope"), key: try $0.get("scope_key"),
                    since: try $0.get("created_at"), until: try $0.get("until"), code: try $0.get("code"),
                    advice: try $0.json("advice"))
            }
        }
    }

    /// A person, or a check that succeeded, lets a scope go on; its alarm is cleared.
    package func resume(_ scope: PauseScope, key: String, in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.resume(scope, key: key, in: workspace, at: now)
        }
    }

    package func raiseAlarm(
        _ kind: String, subject: String, text: LocalizedText, in workspace: WorkspaceID
    ) async throws {
        let now = now()
        let id = ids.next(AlarmRow.self)
        try await database.write(on: .work) { connection in
            try connection.raiseAlarm(kind, subject: subject, text: text, in: workspace, id: id, at: now)
        }
    }

    package func clearAlarm(_ kind: String, subject: String, in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try connection.clearAlarm(kind, subject: subject, in: workspace, at: now)
        }
    }
}

extension SQLConnection {
    func resume(_ scope: PauseScope, key: String, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            "DELETE FROM pause WHERE workspace_id = :workspace_id AND scope = :scope AND scope_key = :scope_key",
            ["workspace_id": workspace, "scope": scope, "scope_key": key])
        for kind in ["paused", Pause.byPerson] {
            try clearAlarm(kind, subject: "\(scope.rawValue):\(key)", in: workspace, at: now)
        }
    }

    /// One open alarm per kind and subject: raising it again changes nothing.
    /// - Returns: whether it was not open.
    @discardableResult
    func raiseAlarm(
        _ kind: String, subject: String, text: LocalizedText, in workspace: WorkspaceID, id: AlarmID, at now: Timestamp
    ) throws -> Bool {
        try execute(
            """
            INSERT INTO alarm (id, workspace_id, kind, subject, text, raised_at)
            VALUES (:id, :workspace_id, :kind, :subject, :text, :now)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": id, "workspace_id": workspace, "kind": kind, "subject": subject,
                "text": try JSONText.encode(text), "now": now,
            ]) == 1
    }

    /// What is to be said of a subject now: an alarm that says the same already stays, any other ends.
    /// - Parameter text: nil where there is nothing to say.
    func keepAlarm(
        _ kind: String, subject: String, text: LocalizedText?, in workspace: WorkspaceID, id: AlarmID,
        at now: Timestamp
    ) throws -> (hasEnded: Bool, hasBegun: Bool) {
        let ended = try execute(
            """
            UPDATE alarm SET cleared_at = :now
            WHERE workspace_id = :workspace_id AND kind = :kind AND subject = :subject AND cleared_at IS NULL
                AND text <> :text
            """,
            [
                "now": now, "workspace_id": workspace, "kind": kind, "subject": subject,
                "text": try text.map { try JSONText.encode($0) } ?? "",
            ])
        guard let text else { return (ended > 0, false) }
        let hasBegun = try raiseAlarm(kind, subject: subject, text: text, in: workspace, id: id, at: now)
        return (ended > 0, hasBegun)
    }

    func clearAlarm(_ kind: String, subject: String, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE alarm SET cleared_at = :now
            WHERE workspace_id = :workspace_id AND kind = :kind AND subject = :subject AND cleared_at IS NULL
            """,
            ["now": now, "workspace_id": workspace, "kind": kind, "subject": subject])
    }
}
