import Domain

extension MergeUndo {
    /// What the person said since, in messages of the loser's account or as WhatsApp told of it, is the loser's. A no of
    /// which nobody can tell whose it was counts for both.
    func sortConsent() throws {
        let arguments: SQLArguments = ["loser": loser, "workspace_id": workspace, "winner": winner]
        let isTheirs = """
            message_id IN (SELECT id FROM message WHERE workspace_id = :workspace_id AND contact_id = :loser)
            """
        try connection.execute(
            """
            UPDATE consent_entry SET contact_id = :loser
            WHERE workspace_id = :workspace_id AND contact_id = :winner AND message_id IS NOT NULL AND \(isTheirs)
            """, arguments)
        try sortNews()
        let isAsked =
            try connection.row(
                """
                SELECT 1 AS one FROM opt_in
                WHERE workspace_id = :workspace_id AND contact_id = :loser AND state = 'waiting'
                """, arguments) != nil
        try connection.execute(
            """
            UPDATE opt_in SET contact_id = :loser
            WHERE workspace_id = :workspace_id AND contact_id = :winner AND \(isTheirs)
                AND (state <> 'waiting' OR :is_asked = 0)
            """, SQLArguments(arguments.pairs + [("is_asked", isAsked.sqlValue)]))
        try repeatWithdrawals()
        try connection.recomputeConsent(of: [winner, loser], in: workspace)
    }

    /// What WhatsApp told of the loser's account without a message: that its owner stopped promotions, or wants them again.
    private func sortNews() throws {
        let entries = try connection.consentEntries(of: [winner], in: workspace)[winner] ?? []
        try connection.executeMany(
            "UPDATE consent_entry SET contact_id = :loser WHERE workspace_id = :workspace_id AND id = :id",
            entries.filter { $0.evidence.account.map(accounts.contains) ?? false }.map {
                ["loser": loser, "workspace_id": workspace, "id": $0.id]
            })
    }
}
