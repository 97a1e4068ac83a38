import Domain
import Secrets

/// Deletes messages past their time, inside one transaction. Their keyed hashes stay, so that a late repeat is no news;
/// counters say how many went, so that the ledger still agrees with the tables.
struct MessagePruning {
    let store: Store
    let connection: any SQLConnection
    let now: Timestamp

    /// What is still to leave, or may have left and waits for a person, is kept, unless its number is in use no more; so is
    /// what a CRM still waits for, or a person has to mend there, unless the CRM is; what a conversation shows in the
    /// list; and a question for consent that waits, since only an answer to it proves anything.
    /// - Parameters:
    ///   - after: the last one that the slice before deleted: what was kept up to there is not looked at again.
    ///   - workspace: nil for all.
    /// - Returns: those that went, in their order.
    func prune(
        before: Timestamp, after: MessageID?, limit: Int, of workspace: WorkspaceID? = nil,
        counters: inout CounterDeltas
    ) throws -> [MessageID] {
        var arguments: SQLArguments = [
            "before": IDGenerator.lowest(at: before), "after": after?.rawValue ?? 0, "limit": limit,
        ]
        if let workspace { arguments.set("workspace_id", workspace) }
        let rows = try connection.rows(
            """
            SELECT m.workspace_id, m.id, m.number_id, m.wamid, m.origin, m.kind, m.content FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            WHERE m.id > :after AND m.id < :before \(workspace == nil ? "" : "AND m.workspace_id = :workspace_id")
                AND (c.last_message_id IS NULL OR c.last_message_id <> m.id)
                AND (m.status NOT IN ('queued', 'sending', 'uncertain') OR NOT EXISTS (
                    SELECT 1 FROM job j
                    WHERE j.workspace_id = m.workspace_id AND j.subject_id = m.id AND j.kind = 'whatsapp.send'
                        AND j.state <> 'completed'
                ) OR EXISTS (
                    SELECT 1 FROM number s
                    WHERE s.workspace_id = m.workspace_id AND s.id = m.number_id AND s.state = 'disabled'
                ))
                AND NOT EXISTS (
                    SELECT 1 FROM connection n
                    JOIN activity a ON a.workspace_id = n.workspace_id AND a.connection_id = n.id
                    WHERE n.workspace_id = m.workspace_id AND n.state <> 'disabled' AND a.message_id = m.id
                        AND a.state IN ('waiting', 'dead')
                )
                AND NOT EXISTS (
                    SELECT 1 FROM opt_in o
                    WHERE o.workspace_id = m.workspace_id AND o.contact_id = m.contact_id AND o.state = 'waiting'
                        AND m.id IN (o.message_id, o.reminder_message_id)
                )
            ORDER BY m.id
            LIMIT :limit
            """, arguments)
        return try rows.map { row in
            try remove(row, in: try row.get("workspace_id"), counters: &counters)
            return try row.get("id")
        }
    }

    /// One message with all that belongs to it, whatever its state.
    /// - Parameter row: its `id`, `number_id`, `wamid`, `origin`, `kind` and `content`.
    func remove(_ row: SQLRow, in workspace: WorkspaceID, counters: inout CounterDeltas) throws {
        let message: MessageID = try row.get("id")
        try remember(row, in: workspace)
        for (table, counter) in [("status_event", "statuses.pruned"), ("message_version", "others.pruned")] {
            let count = try connection.execute(
                "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND message_id = :id",
                ["workspace_id": workspace, "id": message])
            if count > 0 { counters.add(counter, count, workspace: workspace) }
        }
        try pruneActivities(of: message, in: workspace, counters: &counters)
        try pruneDeadLetters(of: message, in: workspace)
        try pruneReactions(to: row, in: workspace)
        try pruneMedia(of: row, in: workspace)
        try connection.execute(
            "DELETE FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message])
        let received = ["customer", "echo", "history"].contains(try row.get("origin", as: String.self))
        if received { counters.add("messages.pruned", 1, workspace: workspace) }
    }

    private func pruneActivities(
        of message: MessageID, in workspace: WorkspaceID, counters: inout CounterDeltas
    ) throws {
        let activities = try connection.rows(
            """
            DELETE FROM activity
            WHERE workspace_id = :workspace_id AND message_id = :id
                AND connection_id IN (SELECT id FROM connection WHERE workspace_id = :workspace_id)
            RETURNING connection_id, state
            """, ["workspace_id": workspace, "id": message])
        for activity in activities {
            let crm = "crm.\(try activity.get("connection_id", as: ConnectionID.self))"
            let state: String = try activity.get("state")
            counters.add("\(crm).\(state == "recorded" ? "pruned" : "not_applicable_pruned")", 1, workspace: workspace)
            // Its CRM is in use no more: it will not have the message.
            if ["waiting", "dead"].contains(state) { counters.add("\(crm).not_applicable", 1, workspace: workspace) }
            if state == "dead" { counters.add("\(crm).dead", -1, workspace: workspace) }
        }
        try connection.execute(
            """
            DELETE FROM job
            WHERE workspace_id = :workspace_id AND subject_id = :id AND state = 'available'
                AND kind IN ('crm.activity', 'crm.update', 'whatsapp.send')
            """, ["workspace_id": workspace, "id": message])
    }

    /// Nobody can mend them any more.
    private func pruneDeadLetters(of message: MessageID, in workspace: WorkspaceID) throws {
        try connection.execute(
            """
            DELETE FROM job
            WHERE workspace_id = :workspace_id AND state = 'discarded' AND (subject_id = :id OR subject_id IN (
                SELECT id FROM media WHERE workspace_id = :workspace_id AND message_id = :id
            ))
            """, ["workspace_id": workspace, "id": message])
    }

    private func pruneReactions(to row: SQLRow, in workspace: WorkspaceID) throws {
        guard let wamid = try row.get("wamid", as: String?.self) else { return }
        try connection.execute(
            "DELETE FROM reaction WHERE workspace_id = :workspace_id AND number_id = :number_id AND target = :wamid",
            ["workspace_id": workspace, "number_id": try row.get("number_id", as: NumberID.self), "wamid": wamid])
    }

    /// The rows stay, marked, until their files are gone too: see ``Store/prunedMedia(limit:)``. A file belongs to the
    /// newest message that shows it. Messages of before this was written down name only the file: it is kept as long as a
    /// further attempt at the same message shows it.
    private func pruneMedia(of row: SQLRow, in workspace: WorkspaceID) throws {
        let message: MessageID = try row.get("id")
        try connection.execute(
            "UPDATE media SET state = 'pruned' WHERE workspace_id = :workspace_id AND message_id = :id",
            ["workspace_id": workspace, "id": message])
        guard ["media", "template", "interactive"].contains(try row.get("kind", as: String.self)),
            let sent = try content(of: row)?.carriedMedia?.storedID
        else { return }
        try connection.execute(
            """
            UPDATE media SET state = 'pruned'
            WHERE workspace_id = :workspace_id AND id = :media AND message_id IS NULL AND NOT EXISTS (
                SELECT 1 FROM message WHERE workspace_id = :workspace_id AND retry_of = :id
            )
            """,
            ["workspace_id": workspace, "media": sent, "id": message])
    }

    /// Nil when nobody can read it any more: it goes all the same.
    private func content(of row: SQLRow) throws -> MessageContent? {
        do {
            return try row.json("content")
        } catch SQLError.decoding {
            return nil
        }
    }

    private func remember(_ row: SQLRow, in workspace: WorkspaceID) throws {
        guard let wamid = try row.get("wamid", as: String?.self) else { return }
        let number: NumberID = try row.get("number_id")
        try connection.execute(
            """
            INSERT INTO seen (workspace_id, hash, expires_at) VALUES (:workspace_id, :hash, :expires_at)
            ON CONFLICT DO NOTHING
            """,
            [
                "workspace_id": workspace, "hash": store.seen.hash("\(number)", wamid), "expires_at": now + .days(30),
            ])
    }
}
