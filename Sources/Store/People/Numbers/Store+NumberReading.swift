import Domain

extension Store {
    /// As in the index of those numbers.
    private static let isUnread = "LOWER(kind) = 'phone' AND number_kind IS NULL"

    /// Notes what kind of number those are that were stored since it was asked last; and of numbers from before marks were
    /// kept, whether the last message to them could not be delivered. Nodes share the work.
    /// - Returns: how many were read; fewer than the limit: none is left.
    package func readNumbers(limit: Int = 500) async throws -> Int {
        let isWaiting = try await database.read(on: .console) { connection in
            try connection.row("SELECT id FROM handle WHERE \(Self.isUnread) LIMIT 1") != nil
        }
        // The writer is everybody's: it is not asked for nothing.
        guard isWaiting else { return 0 }
        let kindOfNumber = kindOfNumber
        return try await database.write(on: .console, .inOrder) { connection in
            let rows = try connection.rows(
                """
                SELECT id, workspace_id, contact_id, value, valid_from, valid_to, unreachable_since FROM handle
                WHERE \(Self.isUnread)
                ORDER BY id LIMIT \(limit) \(connection.dialect.skipLocked)
                """, [:])
            try connection.executeMany(
                "UPDATE handle SET number_kind = :kind WHERE id = :id",
                try rows.map { row in
                    ["kind": kindOfNumber(try row.get("value")).code, "id": try row.get("id", as: HandleID.self)]
                })
            try connection.markFormerFailures(among: rows)
            return rows.count
        }
    }
}

extension SQLConnection {
    /// - Parameter rows: numbers that were read, of any workspace.
    fileprivate func markFormerFailures(among rows: [SQLRow]) throws {
        let held = try rows.filter { try $0.isNull("valid_to") && $0.isNull("unreachable_since") }
        let workspaces = try Dictionary(grouping: held) { try $0.get("workspace_id", as: WorkspaceID.self) }
        for (workspace, rows) in workspaces.sorted(by: { $0.key < $1.key }) {
            let contacts = try rows.map { try $0.get("contact_id", as: ContactID.self) }
            let failures = try lastFailures(among: contacts, in: workspace)
            for (contact, failure) in failures.sorted(by: { $0.key < $1.key }) {
                // The number that they had then, the newest of several.
                let number = try rows.filter {
                    try $0.get("contact_id") == contact && $0.get("valid_from", as: Timestamp.self) <= failure.storedAt
                }.max { try $0.get("valid_from", as: Timestamp.self) < $1.get("valid_from", as: Timestamp.self) }
                guard let number else { continue }
                try execute(
                    """
                    UPDATE handle SET unreachable_since = :at, unreachable_at = :at, unreachable_count = 1,
                        unreachable_message = :message
                    WHERE id = :id AND unreachable_since IS NULL
                    """,
                    [
                        "at": failure.at, "message": failure.message, "id": try number.get("id", as: HandleID.self),
                    ])
            }
        }
    }

    /// Of these contacts those whose newest message from here could not be delivered, and of whom nothing was heard since.
    private func lastFailures(
        among contacts: [ContactID], in workspace: WorkspaceID
    ) throws -> [ContactID: LastFailure] {
        guard !contacts.isEmpty else { return [:] }
        let list = SQLValueList("contact", contacts)
        let failures = try rows(
            """
            SELECT m.id, m.contact_id, m.failure, m.stored_at, m.status_at
            FROM message m
            WHERE m.workspace_id = :workspace_id AND m.contact_id IN \(list.sql) AND m.status = 'failed'
                AND m.id = (
                    SELECT MAX(n.id) FROM message n
                    WHERE n.workspace_id = m.workspace_id AND n.contact_id = m.contact_id
                        AND (n.is_inbound = 1 OR n.status IN ('failed', 'delivered', 'read', 'played'))
                )
            """, list.arguments(["workspace_id": workspace]))
        return try failures.reduce(into: [:]) { found, row in
            guard try row.failure("failure")?.code == UnreachableNumber.code else { return }
            found[try row.get("contact_id")] = LastFailure(
                message: try row.get("id"), storedAt: try row.get("stored_at"), at: try row.get("status_at"))
        }
    }
}

private struct LastFailure {
    let message: MessageID
    let storedAt: Timestamp
    let at: Timestamp
}

extension SQLRow {
    fileprivate func isNull(_ column: String) throws -> Bool {
        try get(column, as: Timestamp?.self) == nil
    }
}
