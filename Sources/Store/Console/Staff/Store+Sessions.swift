package import Domain
package import Secrets

/// How long a sign-in lasts.
package struct SessionTimes: Sendable {
    /// Without a request for this long it ends.
    package var idle: Duration = .hours(12)
    /// It ends after this long in any case.
    package var longest: Duration = .days(14)
    /// Being seen is written down no more often than this.
    package var seenStep: Duration = .minutes(1)

    package init() {}
}

/// Who sends a request of the console.
package struct SessionAccount: Sendable {
    package let staff: StaffAccount
    package let workspaceName: String
    package let region: String
    /// To be found in every form that changes something; compared in constant time.
    package let csrfToken: String
    package let expiresAt: Timestamp
    fileprivate let seenAt: Timestamp
    fileprivate let startedAt: Timestamp
}

extension Store {
    /// - Parameter token: of what the cookie holds; only its hash is kept.
    package func startSession(
        _ token: TokenHash, csrfToken: String, staff: StaffID, in workspace: WorkspaceID,
        times: SessionTimes = SessionTimes()
    ) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            let name = try connection.value(
                "SELECT name FROM staff WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": staff], as: String.self)
            if let name {
                try connection.note(.signedIn, of: staff.rawValue, by: name, in: workspace, store: store, at: now)
            }
            try connection.execute(
                """
                INSERT INTO session (token_hash, workspace_id, staff_id, csrf_token, created_at, seen_at, expires_at)
                VALUES (:token_hash, :workspace_id, :staff_id, :csrf_token, :now, :now, :expires_at)
                """,
                [
                    "token_hash": token.text, "workspace_id": workspace, "staff_id": staff, "csrf_token": csrfToken,
                    "now": now, "expires_at": now + min(times.idle, times.longest),
                ])
        }
    }

    /// The account behind a cookie; nil when there is no such session, it has expired, or the person is disabled.
    /// Moves the expiry on, at most once a `seenStep`.
    package func session(
        _ token: TokenHash, times: SessionTimes = SessionTimes()
    ) async throws -> SessionAccount? {
        let now = now()
        let account = try await database.read(on: .console) { connection in
            try connection.row(
                """
                SELECT \(StaffAccount.columns), w.name AS workspace_name, w.region, e.csrf_token, e.expires_at,
                    e.seen_at, e.created_at AS started_at
                FROM session e
                JOIN staff s ON s.id = e.staff_id AND s.workspace_id = e.workspace_id
                JOIN workspace w ON w.id = e.workspace_id
                WHERE e.token_hash = :token_hash AND e.expires_at > :now AND s.disabled_at IS NULL
                """, ["token_hash": token.text, "now": now]
            ).map(SessionAccount.init)
        }
        guard let account else { return nil }
        if now - account.seenAt >= times.seenStep {
            // What cannot be noted now, since the disk is full, is noted with a later request: the page that says so is
            // drawn all the same.
            try? await see(token, account, times: times, now: now)
        }
        return account
    }

    private func see(
        _ token: TokenHash, _ account: SessionAccount, times: SessionTimes, now: Timestamp
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE session SET seen_at = :now, expires_at = :expires_at
                WHERE token_hash = :token_hash AND workspace_id = :workspace_id
                """,
                [
                    "now": now, "expires_at": min(now + times.idle, account.startedAt + times.longest),
                    "token_hash": token.text, "workspace_id": account.staff.workspace,
                ])
        }
    }

    package func endSession(_ token: TokenHash, in workspace: WorkspaceID) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                "DELETE FROM session WHERE token_hash = :token_hash AND workspace_id = :workspace_id",
                ["token_hash": token.text, "workspace_id": workspace])
        }
    }
}

extension SessionAccount {
    fileprivate init(_ row: SQLRow) throws {
        staff = try StaffAccount(row)
        workspaceName = try row.get("workspace_name")
        region = try row.get("region")
        csrfToken = try row.get("csrf_token")
        expiresAt = try row.get("expires_at")
        seenAt = try row.get("seen_at")
        startedAt = try row.get("started_at")
    }
}

extension SQLConnection {
    func endSessions(of staff: StaffID, keeping session: TokenHash?, in workspace: WorkspaceID) throws {
        try execute(
            """
            DELETE FROM session
            WHERE workspace_id = :workspace_id AND staff_id = :staff_id AND token_hash <> :kept
            """,
            ["workspace_id": workspace, "staff_id": staff, "kept": session?.text ?? ""])
    }
}
