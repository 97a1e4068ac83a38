import Domain

/// Meta's limit on people written to first: for a whole portfolio, in any 24 hours. Counted in the transaction that marks
/// the send, so that two numbers of one portfolio cannot both take the last place.
extension SendMarker {
    static let limitAlarm = "portfolio_limit"
    static let limitPeriod = Duration.hours(24)
    /// A message that waits for room is looked at again after this: when the customer writes meanwhile, it needs none.
    private static let patience = Duration.minutes(1)

    /// Counts a person who is about to be written to outside the service window.
    /// - Returns: nil when there was room, or the person counts already; else when to look again.
    func makeContact(_ row: SQLRow) throws -> Timestamp? {
        guard case .people(let limit)? = try row.get("messaging_limit", as: String?.self).flatMap(MessagingLimit.init)
        else { return nil }
        let workspace: WorkspaceID = try row.get("workspace_id")
        let portfolio = try Self.portfolio(of: row)
        if connection.dialect == .postgres { try connection.lock(["portfolio \(portfolio)"], in: workspace) }
        // Meta counts accounts: a merged person's are as many as they have.
        let person = try row.get("account_id", as: ContactID?.self) ?? row.get("contact_id")
        if try !isKnown(person, to: portfolio, in: workspace) {
            if let room = try nextRoom(limit: limit, portfolio: portfolio, in: workspace) {
                try raiseLimitAlarm(portfolio, limit: limit, in: workspace)
                return min(room, now + Self.patience)
            }
        }
        try note(person, of: portfolio, in: workspace)
        return nil
    }

    /// An account that says nothing of its portfolio is its own.
    static func portfolio(of row: SQLRow) throws -> String {
        let named: String = try row.get("portfolio_id")
        return named.isEmpty ? "waba \(try row.get("waba_id", as: String.self))" : named
    }

    private func isKnown(_ contact: ContactID, to portfolio: String, in workspace: WorkspaceID) throws -> Bool {
        try connection.row(
            """
            SELECT at FROM first_contact
            WHERE workspace_id = :workspace_id AND portfolio_id = :portfolio_id AND contact_id = :contact_id
                AND at > :since
            """,
            [
                "workspace_id": workspace, "portfolio_id": portfolio, "contact_id": contact,
                "since": now - Self.limitPeriod,
            ]) != nil
    }

    /// When the person in the limit's last place leaves it; nil while there is room.
    private func nextRoom(limit: Int, portfolio: String, in workspace: WorkspaceID) throws -> Timestamp? {
        guard limit > 0 else { return now + Self.limitPeriod }
        let last = try connection.value(
            """
            SELECT at FROM first_contact
            WHERE workspace_id = :workspace_id AND portfolio_id = :portfolio_id AND at > :since
            ORDER BY at DESC LIMIT 1 OFFSET :places
            """,
            [
                "workspace_id": workspace, "portfolio_id": portfolio, "since": now - Self.limitPeriod,
                "places": limit - 1,
            ], as: Timestamp.self)
        return last.map { $0 + Self.limitPeriod + .milliseconds(1) }
    }

    private func note(_ contact: ContactID, of portfolio: String, in workspace: WorkspaceID) throws {
        try connection.execute(
            """
            INSERT INTO first_contact (workspace_id, portfolio_id, contact_id, at)
            VALUES (:workspace_id, :portfolio_id, :contact_id, :now)
            ON CONFLICT (workspace_id, portfolio_id, contact_id) DO UPDATE SET at = excluded.at
            """,
            ["workspace_id": workspace, "portfolio_id": portfolio, "contact_id": contact, "now": now])
    }

    private func raiseLimitAlarm(_ portfolio: String, limit: Int, in workspace: WorkspaceID) throws {
        let text = LocalizedText(
            en:
                "\(limit) people were written to first in the last 24 hours, as many as Meta allows this portfolio. Templates to others wait; answers still leave.",
            es:
                "En las últimas 24 horas se escribió primero a \(limit) personas, el máximo que Meta permite a este portafolio. Las plantillas a otras esperan; las respuestas siguen saliendo."
        )
        try connection.raiseAlarm(
            Self.limitAlarm, subject: portfolio, text: text, in: workspace, id: store.ids.next(), at: now)
    }
}
