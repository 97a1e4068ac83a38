package import Domain

extension Store {
    /// How much a rule would remove if it were carried out now, counted no further than a page needs to know; nil for what
    /// nobody can count beforehand.
    /// - Parameter age: of the rule.
    package func preview(
        _ kind: RetentionKind, age: Duration, in workspace: WorkspaceID
    ) async throws -> ListCount? {
        let before = now() - age
        let arguments: SQLArguments = [
            "workspace_id": workspace, "before": IDGenerator.lowest(at: before),
        ]
        return try await database.read(on: .console) { connection in
            switch kind {
            case .rawBodies: nil
            case .imports:
                try connection.count(
                    """
                    FROM import_row WHERE workspace_id = :workspace_id AND import_id IN (
                        SELECT id FROM import
                        WHERE workspace_id = :workspace_id AND state IN ('done', 'cancelled', 'failed')
                            AND ended_at < :before
                    )
                    """, ["workspace_id": workspace, "before": before])
            case .messages:
                try connection.count(
                    "FROM message WHERE workspace_id = :workspace_id AND id < :before", arguments)
            case .media:
                try connection.count(
                    "FROM media WHERE workspace_id = :workspace_id AND id < :before AND state IN ('stored', 'failed')",
                    arguments)
            case .audit:
                try connection.count(
                    "FROM trail WHERE workspace_id = :workspace_id AND id < :before", arguments)
            case .contacts:
                try connection.count(QuietContacts.source, QuietContacts.arguments(before: before, in: workspace))
            }
        }
    }

    /// People with whom nothing happened for so long, the longest first. Whoever stopped marketing or has a special state
    /// stays: their wish must be known as long as they may be written to.
    package func quietContacts(
        for age: Duration, limit: Int, in workspace: WorkspaceID
    ) async throws -> [ContactID] {
        var arguments = QuietContacts.arguments(before: now() - age, in: workspace)
        arguments.set("limit", limit)
        let given = arguments
        return try await database.read(on: .work) { connection in
            try connection.rows(
                "SELECT p.id \(QuietContacts.source) ORDER BY p.updated_at, p.id LIMIT :limit", given
            ).map { try $0.get("id") }
        }
    }
}

private enum QuietContacts {
    static let source = """
        FROM contact p
        WHERE p.workspace_id = :workspace_id AND p.updated_at < :before AND p.created_at < :before
            AND p.merged_into IS NULL
            AND NOT EXISTS (
                SELECT 1 FROM conversation c
                WHERE c.workspace_id = p.workspace_id AND c.contact_id = p.id AND c.last_message_at >= :before
            )
            AND NOT EXISTS (
                SELECT 1 FROM consent s
                WHERE s.workspace_id = p.workspace_id AND s.contact_id = p.id AND s.standing = 'withdrawn'
            )
            AND NOT EXISTS (
                SELECT 1 FROM contact_state t WHERE t.workspace_id = p.workspace_id AND t.contact_id = p.id
            )
        """

    static func arguments(before: Timestamp, in workspace: WorkspaceID) -> SQLArguments {
        ["workspace_id": workspace, "before": before]
    }
}
