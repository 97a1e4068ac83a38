import Domain

/// What came of comparing contacts. Suggestions that nobody has decided about follow the facts: they come, change and go.
/// What people decided stays.
struct DuplicateFindings: Sendable {
    let contacts: [ContactID]
    /// Others who were compared once more.
    let again: [ContactID]
    var suggested: [DuplicatePair: DuplicateJudgement] = [:]
    var newKeys: [(contact: ContactID, key: Int64)] = []
    var goneKeys: [(contact: ContactID, key: Int64)] = []

    init(contacts: [ContactID], again: [ContactID] = []) {
        self.contacts = contacts
        self.again = again
    }

    func write(
        to connection: any SQLConnection, in workspace: WorkspaceID, ids: IDGenerator, at now: Timestamp
    ) throws {
        guard !contacts.isEmpty else { return }
        func rows(_ keys: [(contact: ContactID, key: Int64)]) -> [SQLArguments] {
            keys.map { ["workspace_id": workspace, "contact_id": $0.contact, "key": $0.key] }
        }
        try connection.executeMany(
            "DELETE FROM duplicate_key WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND key = :key",
            rows(goneKeys))
        try connection.executeMany(
            """
            INSERT INTO duplicate_key (workspace_id, contact_id, key) VALUES (:workspace_id, :contact_id, :key)
            ON CONFLICT DO NOTHING
            """, rows(newKeys))
        try dropOutdated(connection, in: workspace)
        for (pair, judgement) in suggested.sorted(by: { ($0.key.a, $0.key.b) < ($1.key.a, $1.key.b) }) {
            try suggest(pair, judgement, connection, in: workspace, id: ids.next(), at: now)
        }
    }

    /// Open suggestions of these contacts for which nothing speaks any more.
    private func dropOutdated(_ connection: any SQLConnection, in workspace: WorkspaceID) throws {
        let list = SQLValueList("contact", contacts + again)
        let open = try ["contact_a", "contact_b"].flatMap { column in
            try connection.rows(
                """
                SELECT id, contact_a, contact_b FROM duplicate
                WHERE workspace_id = :workspace_id AND \(column) IN \(list.sql) AND state = 'open'
                    AND batch_id IS NULL
                """, list.arguments(["workspace_id": workspace]))
        }
        let outdated = try open.filter {
            try suggested[DuplicatePair($0.get("contact_a"), $0.get("contact_b"))] == nil
        }
        try connection.executeMany(
            "DELETE FROM duplicate WHERE workspace_id = :workspace_id AND id = :id AND state = 'open'",
            try outdated.map { ["workspace_id": workspace, "id": try $0.get("id", as: DuplicateID.self)] })
    }

    private func suggest(
        _ pair: DuplicatePair, _ judgement: DuplicateJudgement, _ connection: any SQLConnection,
        in workspace: WorkspaceID, id: DuplicateID, at now: Timestamp
    ) throws {
        guard let reason = judgement.reasons.first else { return }
        let what: SQLArguments = [
            "score": judgement.score, "reason": reason.kind.rawValue, "reasons": try JSONText.encode(judgement.reasons),
            "workspace_id": workspace, "a": pair.a, "b": pair.b,
        ]
        // Both were read before; one of them may have been merged since.
        try connection.execute(
            """
            INSERT INTO duplicate (id, workspace_id, contact_a, contact_b, score, reason, reasons, state, found_at)
            SELECT :id, workspace_id, :a, :b, :score, :reason, :reasons, 'open', :now FROM contact
            WHERE workspace_id = :workspace_id AND id = :a AND merged_into IS NULL AND EXISTS (
                SELECT 1 FROM contact o
                WHERE o.workspace_id = :workspace_id AND o.id = :b AND o.merged_into IS NULL
            )
            ON CONFLICT DO NOTHING
            """, SQLArguments([("id", id.sqlValue), ("now", now.sqlValue)] + what.pairs))
        try connection.execute(
            """
            UPDATE duplicate SET score = :score, reason = :reason, reasons = :reasons
            WHERE workspace_id = :workspace_id AND contact_a = :a AND contact_b = :b AND state = 'open'
                AND (score <> :score OR reasons <> :reasons)
            """, what)
    }
}

extension Array {
    func chunked(_ size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
