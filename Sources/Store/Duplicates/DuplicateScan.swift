package import Domain

/// How far a workspace's contacts were compared.
package struct DuplicateScan: Equatable, Sendable {
    /// A pass over all contacts, when one is under way.
    package struct Pass: Equatable, Sendable {
        package let compared: Int
        package let total: Int
        package let startedAt: Timestamp
    }

    package let pass: Pass?
    /// When the last pass ended; nil before the first.
    package let finishedAt: Timestamp?
}

extension Store {
    package func duplicateScan(in workspace: WorkspaceID) async throws -> DuplicateScan {
        try await database.read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT pass_state, pass_compared, pass_total, pass_started_at, pass_finished_at FROM duplicate_scan
                WHERE workspace_id = :workspace_id
                """, ["workspace_id": workspace])
            guard let row else { return DuplicateScan(pass: nil, finishedAt: nil) }
            let startedAt: Timestamp? = try row.get("pass_started_at")
            let isRunning = try row.get("pass_state") == "running"
            return DuplicateScan(
                pass: isRunning
                    ? DuplicateScan.Pass(
                        compared: try row.get("pass_compared"), total: try row.get("pass_total"),
                        startedAt: startedAt ?? Timestamp(milliseconds: 0)) : nil,
                finishedAt: try row.get("pass_finished_at"))
        }
    }

    /// Begins to compare all contacts anew; one that is under way goes on.
    package func beginDuplicatePass(in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            let total = try connection.value(
                "SELECT COUNT(*) AS n FROM contact WHERE workspace_id = :workspace_id AND merged_into IS NULL",
                ["workspace_id": workspace], as: Int.self)
            try connection.execute(
                """
                INSERT INTO duplicate_scan (workspace_id, pass_state, pass_total, pass_started_at)
                VALUES (:workspace_id, 'running', :total, :now)
                ON CONFLICT (workspace_id) DO UPDATE
                SET pass_state = 'running', pass_position = 0, pass_compared = 0, pass_total = excluded.pass_total,
                    pass_started_at = excluded.pass_started_at
                WHERE duplicate_scan.pass_state = 'idle'
                """, ["workspace_id": workspace, "total": total ?? 0, "now": now])
        }
    }

    /// Workspaces whose contacts are to be compared, all of them: a pass was begun, or the last one is so long ago.
    package func duplicatePassesDue(after interval: Duration) async throws -> [WorkspaceID] {
        let since = now() - interval
        return try await database.read(on: .work) { connection in
            try connection.workspaces().filter { workspace in
                try connection.row(
                    """
                    SELECT 1 AS one FROM duplicate_scan
                    WHERE workspace_id = :workspace_id AND pass_state = 'idle' AND pass_finished_at > :since
                    """, ["workspace_id": workspace, "since": since]) == nil
            }
        }
    }

    /// Compares the next contacts of a pass that is under way.
    /// - Returns: whether there are more.
    package func goOnWithDuplicatePass(limit: Int = 250, in workspace: WorkspaceID) async throws -> Bool {
        let now = now()
        let ids = ids
        let step = try await database.read(on: .work) { try $0.nextOfPass(limit: limit, in: workspace) }
        guard let step else { return false }
        let hasMore = step.findings.contacts.count == limit
        return try await database.write(on: .work) { connection in
            let isOurs = try connection.execute(
                """
                UPDATE duplicate_scan
                SET pass_position = :position, pass_compared = pass_compared + :compared,
                    pass_state = CASE WHEN :has_more = 1 THEN pass_state ELSE 'idle' END,
                    pass_finished_at = CASE WHEN :has_more = 1 THEN pass_finished_at ELSE :now END
                WHERE workspace_id = :workspace_id AND pass_state = 'running' AND pass_position = :former
                """,
                [
                    "position": step.findings.contacts.last?.rawValue ?? step.position,
                    "compared": step.findings.contacts.count, "has_more": hasMore, "now": now,
                    "workspace_id": workspace, "former": step.position,
                ])
            // Somebody began anew, or another node was faster.
            guard isOurs == 1 else { return true }
            try step.findings.write(to: connection, in: workspace, ids: ids, at: now)
            return hasMore
        }
    }

    /// Compares contacts that changed since the last time and at least a minute ago: until then a change may still be on
    /// its way to be committed behind others that are later.
    /// - Returns: whether there may be more.
    package func compareChangedContacts(limit: Int = 250, in workspace: WorkspaceID) async throws -> Bool {
        let now = now()
        let ids = ids
        let step = try await database.read(on: .work) {
            try $0.nextChanged(before: now - .minutes(1), limit: limit, in: workspace)
        }
        guard let step else { return false }
        return try await database.write(on: .work) { connection in
            try step.findings.write(to: connection, in: workspace, ids: ids, at: now)
            try connection.execute(
                """
                INSERT INTO duplicate_scan (workspace_id, compared_until, compared_id)
                VALUES (:workspace_id, :until, :id)
                ON CONFLICT (workspace_id) DO UPDATE
                SET compared_until = excluded.compared_until, compared_id = excluded.compared_id
                """, ["workspace_id": workspace, "until": step.until, "id": step.findings.contacts.last?.rawValue])
            return step.findings.contacts.count == limit
        }
    }
}

private struct PassStep: Sendable {
    let position: Int64
    let findings: DuplicateFindings
}

private struct ChangedStep: Sendable {
    /// When the last of them changed.
    let until: Timestamp
    let findings: DuplicateFindings
}

extension SQLConnection {
    fileprivate func nextOfPass(limit: Int, in workspace: WorkspaceID) throws -> PassStep? {
        let position = try value(
            "SELECT pass_position FROM duplicate_scan WHERE workspace_id = :workspace_id AND pass_state = 'running'",
            ["workspace_id": workspace], as: Int64.self)
        guard let position else { return nil }
        let contacts = try rows(
            """
            SELECT id FROM contact
            WHERE workspace_id = :workspace_id AND id > :position AND merged_into IS NULL
            ORDER BY id LIMIT :limit
            """, ["workspace_id": workspace, "position": position, "limit": limit]
        ).map { try $0.get("id", as: ContactID.self) }
        let finder = DuplicateFinder(connection: self, workspace: workspace)
        return PassStep(position: position, findings: try finder.compare(contacts))
    }

    fileprivate func nextChanged(
        before horizon: Timestamp, limit: Int, in workspace: WorkspaceID
    ) throws -> ChangedStep? {
        let scan = try row(
            "SELECT compared_until, compared_id FROM duplicate_scan WHERE workspace_id = :workspace_id",
            ["workspace_id": workspace])
        let contacts = try rows(
            """
            SELECT id, updated_at FROM contact
            WHERE workspace_id = :workspace_id AND merged_into IS NULL AND (updated_at, id) > (:until, :id)
                AND updated_at <= :horizon
            ORDER BY updated_at, id LIMIT :limit
            """,
            [
                "workspace_id": workspace, "until": try scan?.get("compared_until", as: Int64.self) ?? 0,
                "id": try scan?.get("compared_id", as: Int64.self) ?? 0, "horizon": horizon, "limit": limit,
            ])
        guard let last = contacts.last else { return nil }
        let finder = DuplicateFinder(connection: self, workspace: workspace)
        return ChangedStep(
            until: try last.get("updated_at"), findings: try finder.compare(contacts.map { try $0.get("id") }))
    }
}
