import Domain
import Secrets

/// Deletes messages past their time, inside one transaction. Their keyed hashes stay, so that a late repeat is no news;
/// counters say how many went, so that the ledger still agrees with the tables.
struct MessagePruning {
    let store: Store
    let connection: any SQLConnection
    let now: Timestamp

    /// What a CRM still waits for, or a person has to mend, is kept; so is what a conversation shows in the list.
    func prune(before: Timestamp, limit: Int, counters: inout CounterDeltas) throws -> Int {
        let rows = try connection.rows(
            """
            SELECT m.workspace_id, m.id, m.number_id, m.wamid, m.origin, m.kind, m.content FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            WHERE m.stored_at < :before AND (c.last_message_id IS NULL OR c.last_message_id <> m.id)
                AND NOT EXISTS (
                    SELECT 1 FROM connection n
                    JOIN activity a ON a.workspace_id = n.workspace_id AND a.connection_id = n.id
                    WHERE n.workspace_id = m.workspace_id AND a.message_id = m.id AND a.state IN ('waiting', 'dead')
                )
            ORDER BY m.id
            LIMIT :limit
            """, ["before": before, "limit": limit])
        for row in rows {
            try prune(row, in: try row.get("workspace_id"), counters: &counters)
        }
        return rows.count
    }

    private func prune(_ row: SQLRow, in workspace: WorkspaceID, counters: inout CounterDeltas) throws {
        let message: MessageID = try row.get("id")
        try remember(row, in: workspace)
        for (table, counter) in [("status_event", "statuses.pruned"), ("message_version", "others.pruned")] {
            let count = try connection.execute(
                "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND message_id = :id",
                ["workspace_id": workspace, "id": message])
            if count > 0 { counters.add(counter, count, workspace: workspace) }
        }
        let activities = try connection.rows(
            """
            DELETE FROM activity
            WHERE workspace_id = :workspace_id AND message_id = :id
                AND connection_id IN (SELECT id FROM connection WHERE workspace_id = :workspace_id)
            RETURNING connection_id, state
            """, ["workspace_id": workspace, "id": message])
        for activity in activities {
            let crm: ConnectionID = try activity.get("connection_id")
            let isRecorded = try activity.get("state") == "recorded"
            counters.add("crm.\(crm).\(isRecorded ? "pruned" : "not_applicable_pruned")", 1, workspace: workspace)
        }
        try pruneReactions(to: row, in: workspace)
        try pruneMedia(of: row, in: workspace)
        try connection.execute(
            "DELETE FROM message WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": message])
        let received = ["customer", "echo", "history"].contains(try row.get("origin", as: String.self))
        if received { counters.add("messages.pruned", 1, workspace: workspace) }
    }

    private func pruneReactions(to row: SQLRow, in workspace: WorkspaceID) throws {
        guard let wamid = try row.get("wamid", as: String?.self) else { return }
        try connection.execute(
            "DELETE FROM reaction WHERE workspace_id = :workspace_id AND number_id = :number_id AND target = :wamid",
            ["workspace_id": workspace, "number_id": try row.get("number_id", as: NumberID.self), "wamid": wamid])
    }

    /// The rows stay, marked, until their files are gone too: see ``Store/prunedMedia(limit:)``. A file that we sent is
    /// kept as long as a further attempt at the same message shows it.
    private func pruneMedia(of row: SQLRow, in workspace: WorkspaceID) throws {
        let message: MessageID = try row.get("id")
        try connection.execute(
            "UPDATE media SET state = 'pruned' WHERE workspace_id = :workspace_id AND message_id = :id",
            ["workspace_id": workspace, "id": message])
        guard try row.get("kind") == "media",
            case .media(let media) = try row.json("content", as: MessageContent.self), let sent = media.storedID
        else { return }
        try connection.execute(
            """
            UPDATE media SET state = 'pruned'
            WHERE workspace_id = :workspace_id AND id = :media AND NOT EXISTS (
                SELECT 1 FROM message WHERE workspace_id = :workspace_id AND retry_of = :id
            )
            """,
            ["workspace_id": workspace, "media": sent, "id": message])
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
