package import Domain

/// A merge that stands, for who looks at it and may undo it.
package struct MergeRecord: Sendable {
    package let change: ChangeSummary
    package let winner: PersonSummary
    package let loser: PersonSummary
    package let reason: DuplicateReason.Kind
    /// What the loser had.
    package let moved: MergeCounts
}

extension Store {
    /// The merge that joined two contacts; nil while they are two.
    package func mergeRecord(
        of one: ContactID, and other: ContactID, in workspace: WorkspaceID
    ) async throws -> MergeRecord? {
        try await database.read(on: .console) { connection in
            let pair = DuplicatePair(one, other)
            let change = try connection.value(
                """
                SELECT change_id FROM duplicate
                WHERE workspace_id = :workspace_id AND contact_a = :a AND contact_b = :b AND state = 'merged'
                """, ["workspace_id": workspace, "a": pair.a, "b": pair.b], as: ChangeID?.self)
            guard case .some(.some(let id)) = change else { return nil }
            return try connection.mergeRecord(id, in: workspace)
        }
    }

    /// A merge by its change, also one that was undone.
    package func mergeRecord(_ change: ChangeID, in workspace: WorkspaceID) async throws -> MergeRecord? {
        try await database.read(on: .console) { try $0.mergeRecord(change, in: workspace) }
    }

    /// Who the two are today.
    package func livingPair(
        _ one: ContactID, _ other: ContactID, in workspace: WorkspaceID
    ) async throws -> (ContactID, ContactID) {
        try await database.read(on: .console) {
            (try $0.living(one, in: workspace), try $0.living(other, in: workspace))
        }
    }

    /// Somebody says that these two contacts are two people, whether or not anything spoke for one. Of those who were merged
    /// into others it is said of whom they are today.
    /// - Throws: `notFound`; `conflict` with the detail `merged_already` when they are one by now.
    package func keepApart(
        _ one: ContactID, _ other: ContactID, by actor: String, in workspace: WorkspaceID
    ) async throws {
        let now = now()
        let id: DuplicateID = ids.next()
        let reason = DuplicateReason(.byHand)
        try await database.write(on: .work) { connection in
            guard one != other, try connection.people([one, other], in: workspace).count == 2 else {
                throw PuenteError.noContact
            }
            // One after the other in the order of their ids, as a merge takes them.
            let living = try [min(one, other), max(one, other)].map { try connection.holdLiving($0, in: workspace) }
            let pair = DuplicatePair(living[0], living[1])
            guard pair.a != pair.b else { throw PuenteError.mergedAlready }
            try connection.execute(
                """
                INSERT INTO duplicate
                    (id, workspace_id, contact_a, contact_b, score, reason, reasons, state, found_at, settled_at,
                     settled_by)
                VALUES (:id, :workspace_id, :a, :b, :score, :reason, :reasons, 'dismissed', :now, :now, :actor)
                ON CONFLICT (workspace_id, contact_a, contact_b) DO UPDATE
                SET state = 'dismissed', settled_at = excluded.settled_at, settled_by = excluded.settled_by,
                    batch_id = NULL, winner_id = NULL, failure = NULL
                WHERE duplicate.state = 'open'
                """,
                [
                    "id": id, "workspace_id": workspace, "a": pair.a, "b": pair.b, "score": reason.kind.weight,
                    "reason": reason.kind.rawValue, "reasons": try JSONText.encode([reason]), "now": now,
                    "actor": actor,
                ])
        }
    }
}

extension SQLConnection {
    fileprivate func mergeRecord(_ id: ChangeID, in workspace: WorkspaceID) throws -> MergeRecord? {
        guard let change = try change(id, in: workspace), change.kind == .merge else { return nil }
        let detail = try change.merge
        let people = try people([detail.winner, detail.loser], in: workspace)
        guard let winner = people[detail.winner], let loser = people[detail.loser] else { return nil }
        return MergeRecord(
            change: change, winner: winner, loser: loser, reason: detail.reason, moved: detail.moved)
    }
}
