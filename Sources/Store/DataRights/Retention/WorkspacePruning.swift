import Domain

/// Removes what is past its time in one workspace, in slices.
struct WorkspacePruning {
    let store: Store
    let workspace: WorkspaceID
    let retention: Retention

    /// The files' rows stay until their files are gone, like those of pruned messages.
    func media(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        try await slices(olderThan: age, while: goesOn) { connection, before in
            try connection.execute(
                """
                UPDATE media SET state = 'pruned'
                WHERE workspace_id = :workspace_id AND id IN (
                    SELECT id FROM media
                    WHERE workspace_id = :workspace_id AND id < :before AND state IN ('stored', 'failed')
                    ORDER BY id LIMIT :limit
                )
                """,
                [
                    "workspace_id": workspace, "before": IDGenerator.lowest(at: before), "limit": retention.slice,
                ])
        }
    }

    /// What subscribers were told, which is what messages say.
    func webhooks(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        var count = 0
        for table in ["webhook_delivery", "webhook_event"] {
            count += try await slices(olderThan: age, while: goesOn) { connection, before in
                try connection.execute(
                    """
                    DELETE FROM \(table) WHERE workspace_id = :workspace_id AND id IN (
                        SELECT id FROM \(table)
                        WHERE workspace_id = :workspace_id AND id < :before ORDER BY id LIMIT :limit
                    )
                    """,
                    [
                        "workspace_id": workspace, "before": IDGenerator.lowest(at: before), "limit": retention.slice,
                    ])
            }
        }
        return count
    }

    func trail(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        try await slices(olderThan: age, while: goesOn) { connection, before in
            try connection.execute(
                """
                DELETE FROM trail WHERE id IN (
                    SELECT id FROM trail WHERE workspace_id = :workspace_id AND id < :before ORDER BY id LIMIT :limit
                )
                """,
                [
                    "workspace_id": workspace, "before": IDGenerator.lowest(at: before), "limit": retention.slice,
                ])
        }
    }

    /// What was typed, after the entries that say who did.
    func searchNotes(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        try await slices(olderThan: age, while: goesOn) { connection, before in
            try connection.execute(
                """
                DELETE FROM search_note WHERE workspace_id = :workspace_id AND id IN (
                    SELECT id FROM search_note
                    WHERE workspace_id = :workspace_id AND id < :before ORDER BY id LIMIT :limit
                )
                """,
                [
                    "workspace_id": workspace, "before": IDGenerator.lowest(at: before), "limit": retention.slice,
                ])
        }
    }

    /// What went to CRMs and came from them.
    func syncChanges(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        try await slices(olderThan: age, while: goesOn) { connection, before in
            try connection.execute(
                """
                DELETE FROM sync_change WHERE workspace_id = :workspace_id AND id IN (
                    SELECT id FROM sync_change
                    WHERE workspace_id = :workspace_id AND id < :before ORDER BY id LIMIT :limit
                )
                """,
                [
                    "workspace_id": workspace, "before": IDGenerator.lowest(at: before), "limit": retention.slice,
                ])
        }
    }

    /// Changes that nobody can undo any more, with what they wrote.
    func changes(olderThan age: Duration, while goesOn: @Sendable () async -> Bool) async throws -> Int {
        var count = 0
        while await goesOn() {
            let now = store.now()
            let rows = try await store.database.write(on: .work) { connection in
                try deleteChange(before: now - age, at: now, connection)
            }
            guard let rows else { break }
            count += rows
        }
        return count
    }

    /// - Returns: how many rows went; nil when there is none (any more).
    private func deleteChange(
        before: Timestamp, at now: Timestamp, _ connection: any SQLConnection
    ) throws -> Int? {
        let change = try connection.value(
            """
            SELECT id FROM change
            WHERE workspace_id = :workspace_id AND id < :before AND undo_until < :now
                AND state IN ('done', 'undone')
            ORDER BY id LIMIT 1
            """,
            ["workspace_id": workspace, "before": IDGenerator.lowest(at: before), "now": now], as: ChangeID.self)
        guard let change else { return nil }
        let rows = try connection.execute(
            """
            DELETE FROM change_row
            WHERE workspace_id = :workspace_id AND change_id = :change_id AND position IN (
                SELECT position FROM change_row
                WHERE workspace_id = :workspace_id AND change_id = :change_id ORDER BY position LIMIT :limit
            )
            """, ["workspace_id": workspace, "change_id": change, "limit": retention.slice])
        guard rows < retention.slice else { return rows }
        try connection.execute(
            "DELETE FROM change WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": workspace, "id": change])
        return rows + 1
    }

    private func slices(
        olderThan age: Duration, while goesOn: @Sendable () async -> Bool,
        _ work: @escaping @Sendable (any SQLConnection, _ before: Timestamp) throws -> Int
    ) async throws -> Int {
        var count = 0
        while await goesOn() {
            let before = store.now() - age
            let rows = try await store.database.write(on: .work) { try work($0, before) }
            count += rows
            if rows < retention.slice { break }
        }
        return count
    }
}
