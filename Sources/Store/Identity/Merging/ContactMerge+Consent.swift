import Domain

extension ContactMerge {
    /// The entries of both are one history from now on, and the stricter of the two sides holds.
    mutating func moveConsent() throws {
        try journal.updateAll(
            .consentEntry, where: "contact_id = :contact", ["contact": loser], set: ["contact_id": winner], of: loser)
        try moveOptIns()
        try journal.recomputeConsent(of: winner, merging: [loser], by: draft, ids: store.ids, at: now)
    }

    /// At most one question waits for its answer: the one that waits longest from now.
    private mutating func moveOptIns() throws {
        let waiting = try connection.rows(
            """
            SELECT id, contact_id FROM opt_in
            WHERE workspace_id = :workspace_id AND contact_id IN (:winner, :loser) AND state = 'waiting'
            ORDER BY expires_at DESC, id
            """, ["workspace_id": workspace, "winner": winner, "loser": loser])
        for row in waiting.dropFirst() {
            try journal.update(
                .optIn, key: ["id": try row.get("id", as: OptInID.self)], set: ["state": "expired"],
                of: try row.get("contact_id"))
        }
        try journal.updateAll(
            .optIn, where: "contact_id = :contact", ["contact": loser], set: ["contact_id": winner], of: loser)
    }
}
