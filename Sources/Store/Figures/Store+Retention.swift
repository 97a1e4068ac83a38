package import Domain
import Secrets

/// How long things are kept.
package struct Retention: Sendable {
    package var rawBodies: Duration = .days(30)
    /// Nil keeps messages for ever. A pruned message is known by a keyed hash for 30 days more.
    package var messages: Duration?
    package var completedJobs: Duration = .days(1)
    package var minuteFigures: Duration = .days(7)
    package var idempotencyKeys: Duration = .hours(24)
    package var trail: Duration = .days(365)
    /// Rows in one transaction, so that nothing else waits long.
    package var slice = 1000

    package init() {}
}

extension Store {
    /// Deletes one slice of what is past its time.
    /// - Returns: how many rows went; zero when there is nothing left to delete.
    package func pruneSlice(_ retention: Retention) async throws -> Int {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            var count = 0
            for sql in Pruning.statements {
                count += try connection.execute(
                    sql.text, ["before": sql.before(now, retention), "limit": retention.slice])
            }
            if let age = retention.messages {
                count += try store.pruneMessages(before: now - age, limit: retention.slice, connection, at: now)
            }
            return count
        }
    }

    /// Their keyed hashes stay, so that a late repeat is no news.
    private func pruneMessages(
        before: Timestamp, limit: Int, _ connection: any SQLConnection, at now: Timestamp
    ) throws -> Int {
        let rows = try connection.rows(
            """
            SELECT m.workspace_id, m.id, m.number_id, m.wamid FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            WHERE m.stored_at < :before AND (c.last_message_id IS NULL OR c.last_message_id <> m.id)
            ORDER BY m.id
            LIMIT :limit
            """, ["before": before, "limit": limit])
        for row in rows {
            let workspace: WorkspaceID = try row.get("workspace_id")
            if let wamid = try row.get("wamid", as: String?.self) {
                let number: NumberID = try row.get("number_id")
                try connection.execute(
                    """
                    INSERT INTO seen (workspace_id, hash, expires_at) VALUES (:workspace_id, :hash, :expires_at)
                    ON CONFLICT DO NOTHING
                    """,
                    [
                        "workspace_id": workspace, "hash": seen.hash("\(number)", wamid),
                        "expires_at": now + .days(30),
                    ])
            }
            let message: MessageID = try row.get("id")
            for table in ["activity", "status_event", "message_version"] {
                try connection.execute(
                    "DELETE FROM \(table) WHERE workspace_id = :workspace_id AND message_id = :id",
                    ["workspace_id": workspace, "id": message])
            }
            try connection.execute(
                "DELETE FROM message WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": message])
        }
        return rows.count
    }
}

private struct Pruning {
    let text: String
    let before: @Sendable (Timestamp, Retention) -> Timestamp

    static let statements = [
        Pruning(
            text: """
                DELETE FROM intake WHERE id IN (
                    SELECT id FROM intake WHERE state = 'interpreted' AND id < :before LIMIT :limit
                )
                """,
            // Ids begin with their time: the primary key finds the old ones.
            before: { Timestamp(milliseconds: ($0 - $1.rawBodies - IDGenerator.epoch).wholeMilliseconds << 22) }),
        Pruning(
            text: """
                DELETE FROM job WHERE id IN (
                    SELECT id FROM job WHERE state = 'completed' AND changed_at < :before LIMIT :limit
                )
                """, before: { $0 - $1.completedJobs }),
        Pruning(
            text: """
                DELETE FROM trail WHERE id IN (SELECT id FROM trail WHERE id < :before LIMIT :limit)
                """, before: { Timestamp(milliseconds: ($0 - $1.trail - IDGenerator.epoch).wholeMilliseconds << 22) }),
        Pruning(
            text: "DELETE FROM counter WHERE minute >= 0 AND minute < :before / 60000 AND :limit > 0",
            before: { $0 - $1.minuteFigures }),
        Pruning(
            text: "DELETE FROM delay WHERE minute < :before / 60000 AND :limit > 0", before: { $0 - $1.minuteFigures }),
        Pruning(text: "DELETE FROM seen WHERE expires_at < :before AND :limit > 0", before: { now, _ in now }),
        Pruning(text: "DELETE FROM session WHERE expires_at < :before AND :limit > 0", before: { now, _ in now }),
        Pruning(
            text: "DELETE FROM idempotency WHERE created_at < :before AND :limit > 0",
            before: { $0 - $1.idempotencyKeys }),
    ]
}
