import Domain

/// What an undone merge leaves to be done beside the rows that the journal puts back, inside the transaction that ends
/// the undo: what came after the merge goes to whom the evidence says.
///
/// Since the merge every handle, conversation and new message says of which WhatsApp account it is. What is of the
/// loser's account is the loser's; everything else stays with the winner.
struct MergeUndo {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let change: ChangeID
    let winner: ContactID
    let loser: ContactID
    let reason: DuplicateReason.Kind
    let actor: String
    let mergedAt: Timestamp
    let now: Timestamp
    /// The loser's WhatsApp accounts.
    let accounts: Set<ContactID>

    /// To be made when the journal has put its rows back.
    init(
        _ change: ChangeSummary, _ detail: MergeDetail, by actor: String, store: Store,
        on connection: any SQLConnection, in workspace: WorkspaceID, at now: Timestamp
    ) throws {
        self.store = store
        self.connection = connection
        self.workspace = workspace
        self.change = change.id
        self.now = now
        winner = detail.winner
        loser = detail.loser
        reason = detail.reason
        self.actor = actor
        mergedAt = change.at
        let others = try connection.rows(
            "SELECT id FROM contact WHERE workspace_id = :workspace_id AND merged_into = :loser",
            ["workspace_id": workspace, "loser": detail.loser]
        ).map { try $0.get("id", as: ContactID.self) }
        accounts = Set(others).union([detail.loser])
    }

    func settle() throws {
        try moveNewHandles()
        try moveRecords()
        try connection.followRecords(winner, loser, in: workspace)
        try sortConversations()
        try sortConsent()
        try forgetAccounts()
        try leaveBatch()
        if reason == .meta { try rememberDifference() }
        for contact in [winner, loser] { try connection.writeSearchText(of: contact, in: workspace) }
        try connection.followContacts(winner, loser, in: workspace)
        for contact in [winner, loser] {
            _ = try connection.tellCRMs(of: contact, in: workspace, store: store, at: now)
        }
        try trail()
    }

    func person(of account: ContactID) -> ContactID { accounts.contains(account) ? loser : winner }

    /// Handles that the loser's account got since.
    private func moveNewHandles() throws {
        let list = SQLValueList("account", accounts.sorted())
        try connection.execute(
            """
            UPDATE handle SET contact_id = :loser
            WHERE workspace_id = :workspace_id AND contact_id = :winner AND account_id IN \(list.sql)
            """, list.arguments(["loser": loser, "workspace_id": workspace, "winner": winner]))
    }

    /// A record that moved is read and written every day: the journal's picture of it is old by now. The link goes back as
    /// it is today. One that was made for the winner since stays the winner's.
    private func moveRecords() throws {
        for row in try movedRecords() {
            let crm: ConnectionID = try row.get("connection_id")
            let arguments: SQLArguments = [
                "workspace_id": workspace, "connection_id": crm, "winner": winner, "loser": loser,
                "merged_at": mergedAt,
            ]
            let isThere = try connection.row(
                """
                SELECT 1 AS one FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND local_id = :winner AND linked_at <= :merged_at
                """, arguments)
            guard isThere != nil else { continue }
            try connection.execute(
                """
                DELETE FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND local_id = :loser
                """, arguments)
            try connection.execute(
                """
                UPDATE remote_ref SET local_id = :loser
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND local_id = :winner
                """, arguments)
        }
    }

    /// Links that the merge gave to the winner and that have changed since, so that the journal left them there.
    private func movedRecords() throws -> [SQLRow] {
        let rows = try connection.rows(
            """
            SELECT key FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND relation = 'remote_ref'
                AND before IS NULL AND outcome = 'kept'
            """, ["workspace_id": workspace, "change_id": change])
        return try rows.map { row in
            let key: RowImage = try row.json("key")
            return SQLRow(columns: ["connection_id"], values: [key.columns["connection_id"] ?? .null])
        }
    }

    /// Both have one account each again, unless others were merged into them.
    private func forgetAccounts() throws {
        for contact in [winner, loser] {
            let hasOthers = try connection.row(
                "SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND merged_into = :contact LIMIT 1",
                ["workspace_id": workspace, "contact": contact])
            guard hasOthers == nil else { continue }
            for table in ["handle", "conversation", "message"] {
                try connection.execute(
                    """
                    UPDATE \(table) SET account_id = NULL
                    WHERE workspace_id = :workspace_id AND contact_id = :contact AND account_id IS NOT NULL
                    """, ["workspace_id": workspace, "contact": contact])
            }
        }
    }

    /// The list that merged them does not do it again, and what comes back of a list that has ended is suggested as before.
    private func leaveBatch() throws {
        let pair = DuplicatePair(winner, loser)
        try connection.execute(
            """
            UPDATE duplicate SET batch_id = NULL, winner_id = NULL, failure = NULL
            WHERE workspace_id = :workspace_id AND contact_a = :a AND contact_b = :b AND state = 'open'
            """, ["workspace_id": workspace, "a": pair.a, "b": pair.b])
        for column in ["contact_a", "contact_b"] {
            try connection.execute(
                """
                UPDATE duplicate SET batch_id = NULL, winner_id = NULL
                WHERE workspace_id = :workspace_id AND \(column) IN (:winner, :loser) AND state = 'open'
                    AND failure IS NULL AND batch_id IN (
                        SELECT b.id FROM merge_batch b
                        WHERE b.workspace_id = :workspace_id AND b.id = duplicate.batch_id AND b.state <> 'running'
                    )
                """, ["workspace_id": workspace, "winner": winner, "loser": loser])
        }
    }

    /// A person has separated whom WhatsApp's word had joined: the next event that names both must not join them again.
    private func rememberDifference() throws {
        let pair = DuplicatePair(winner, loser)
        let reason = DuplicateReason(.meta)
        try connection.execute(
            """
            INSERT INTO duplicate
                (id, workspace_id, contact_a, contact_b, score, reason, reasons, state, found_at, settled_at,
                 settled_by)
            VALUES
                (:id, :workspace_id, :a, :b, :score, :reason, :reasons, 'dismissed', :now, :now, :actor)
            ON CONFLICT (workspace_id, contact_a, contact_b) DO UPDATE
            SET state = 'dismissed', settled_at = excluded.settled_at, settled_by = excluded.settled_by
            """,
            [
                "id": store.ids.next(DuplicateRow.self), "workspace_id": workspace, "a": pair.a, "b": pair.b,
                "score": reason.kind.weight, "reason": reason.kind.rawValue,
                "reasons": try JSONText.encode([reason]), "now": now, "actor": actor,
            ])
    }

    private func trail() throws {
        let detail = try JSONText.encode(["change": "\(change)", "separated": "\(loser)"])
        try connection.trail(
            winner.rawValue, "merge_undone", by: actor, in: workspace, detail: detail, id: store.ids.next(), at: now)
    }
}

extension SQLConnection {
    /// A merge is undone before whatever was merged later into or from the same people: each knows only what there was
    /// when it was made.
    /// - Throws: `conflict` with the detail `merged_since`, which names the later one.
    func requireNoLaterMerge(_ change: ChangeSummary, in workspace: WorkspaceID) throws {
        guard change.kind == .merge else { return }
        let detail = try change.merge
        // Who was merged into the winner since has rows of their own, also where the winner's were not touched.
        let later = try row(
            """
            SELECT c.id, c.title FROM change_row r \(dialect.byContact)
            JOIN change c ON c.workspace_id = r.workspace_id AND c.id = r.change_id
            WHERE r.workspace_id = :workspace_id AND r.change_id > :change
                AND r.contact_id IN (
                    SELECT id FROM contact WHERE workspace_id = :workspace_id AND id IN (:winner, :loser)
                    UNION ALL
                    SELECT id FROM contact WHERE workspace_id = :workspace_id AND merged_into = :winner
                )
                AND c.kind = 'merge' AND c.state IN ('open', 'done', 'undoing')
            ORDER BY +c.id DESC LIMIT 1
            """,
            ["workspace_id": workspace, "change": change.id, "winner": detail.winner, "loser": detail.loser])
        guard let later else { return try requireMerged(detail, in: workspace) }
        let title: LocalizedText = try later.json("title")
        throw PuenteError(
            .conflict, detail: "merged_since",
            en: "The same contact was merged again since: “\(title.en)”. Undo that first.",
            es: "El mismo contacto se volvió a fusionar después: «\(title.es)». Deshaga eso primero.")
    }

    /// Both are there, and one is the other.
    private func requireMerged(_ detail: MergeDetail, in workspace: WorkspaceID) throws {
        func merged(_ contact: ContactID) throws -> ContactID?? {
            try value(
                "SELECT merged_into FROM contact WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": contact], as: ContactID?.self)
        }
        guard case .some(.none) = try merged(detail.winner), try merged(detail.loser) == detail.winner else {
            throw PuenteError.notUndoable
        }
    }
}

extension ChangeSummary {
    /// Whom a merge made one.
    var merge: MergeDetail {
        get throws { try JSONText.decode(MergeDetail.self, from: detail) }
    }
}
