import Domain

extension Store {
    /// The alarm of a portfolio's limit ends with the last message that waits for room. It may leave without any: the
    /// customer writes, or Meta lifts the limit.
    package func clearPortfolioAlarms() async throws {
        let now = now()
        let over = try await database.read(on: .work) { connection in
            try connection.workspaces().map {
                try PortfolioAlarms(connection: connection, workspace: $0, now: now).over()
            }
        }
        for alarms in over where !alarms.portfolios.isEmpty {
            try await database.write(on: .work) { connection in
                for portfolio in alarms.portfolios {
                    try connection.clearAlarm(SendMarker.limitAlarm, subject: portfolio, in: alarms.workspace, at: now)
                }
            }
        }
    }
}

/// Which of a workspace's portfolios nobody waits for any more.
private struct PortfolioAlarms {
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let now: Timestamp

    func over() throws -> (workspace: WorkspaceID, portfolios: [String]) {
        let raised = try connection.rows(
            "SELECT subject FROM alarm WHERE workspace_id = :workspace_id AND kind = :kind AND cleared_at IS NULL",
            ["workspace_id": workspace, "kind": SendMarker.limitAlarm]
        ).map { try $0.get("subject", as: String.self) }
        guard !raised.isEmpty else { return (workspace, []) }
        let numbers = try numbersByPortfolio()
        return (
            workspace,
            try raised.filter { portfolio in
                try !(numbers[portfolio] ?? []).contains { try isWaited(for: portfolio, by: $0) }
            }
        )
    }

    /// Those whose limit somebody can wait for: what is for a number that is switched off waits for that.
    private func numbersByPortfolio() throws -> [String: [NumberID]] {
        try connection.rows(
            """
            SELECT id, portfolio_id, waba_id, messaging_limit FROM number
            WHERE workspace_id = :workspace_id AND state <> 'disabled'
            """, ["workspace_id": workspace]
        ).reduce(into: [:]) { numbers, row in
            guard case .people? = try row.get("messaging_limit", as: String?.self).flatMap(MessagingLimit.init) else {
                return
            }
            numbers[try SendMarker.portfolio(of: row), default: []].append(try row.get("id"))
        }
    }

    /// Whether a message of the number is for somebody outside the service window who does not count yet.
    private func isWaited(for portfolio: String, by number: NumberID) throws -> Bool {
        try connection.row(
            """
            SELECT j.id FROM job j
            JOIN message m ON m.workspace_id = j.workspace_id AND m.id = j.subject_id
            JOIN conversation c ON c.workspace_id = m.workspace_id AND c.id = m.conversation_id
            WHERE j.lane = :lane AND j.workspace_id = :workspace_id AND j.state = 'available'
                AND j.kind = 'whatsapp.send'
                AND (c.last_inbound_at IS NULL OR c.last_inbound_at <= :window)
                AND NOT EXISTS (
                    SELECT 1 FROM first_contact f
                    WHERE f.workspace_id = m.workspace_id AND f.portfolio_id = :portfolio_id
                        AND f.contact_id = m.contact_id AND f.at > :since
                )
            ORDER BY j.due_at, j.id
            LIMIT 1
            """,
            [
                "lane": Lane.number(number), "workspace_id": workspace, "window": now - CustomerServiceWindow.length,
                "portfolio_id": portfolio, "since": now - SendMarker.limitPeriod,
            ]) != nil
    }
}
