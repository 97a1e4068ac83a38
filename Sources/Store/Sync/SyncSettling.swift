import Domain

/// Writes down what came of comparing, inside the transaction that took values over.
struct SyncSettling {
    /// A contact that says what it said is noted as compared no oftener.
    private static let noteEvery: Duration = .hours(1)

    let store: Store
    let connection: any SQLConnection
    let turn: SyncTurn
    let now: Timestamp

    private var scope: SQLArguments { ["workspace_id": turn.workspace, "connection_id": turn.connection] }

    func settle(_ pages: [SyncPage], _ knowledge: SyncKnowledge) throws -> [SyncOutcome] {
        try connection.note(pages.flatMap(\.takenChanges), turn, ids: store.ids, at: now)
        try writeStates(pages, knowledge)
        try openConflicts(pages, knowledge)
        try closeConflicts(pages, knowledge)
        try connection.executeMany(
            """
            DELETE FROM sync_decision
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND connection_id = :connection_id
                AND remote = :remote
            """,
            pages.flatMap { page in
                page.doneDecisions.sorted().map { scope.and(["contact_id": page.contact, "remote": $0]) }
            })
        try forgetDue(pages.filter { $0.isWhole && !$0.hasMoreToSay }.map(\.contact))
        try noteDelays(pages, knowledge)
        return pages.map(\.outcome)
    }

    /// How long after a record was changed there it was taken over, where somebody told of it or it was asked for: by the CRM's
    /// clock, from the last change of the record.
    private func noteDelays(_ pages: [SyncPage], _ knowledge: SyncKnowledge) throws {
        guard turn.cause == .webhook || turn.cause == .sweep else { return }
        let hop = DelaySummary.Hop.taken(turn.connection)
        var delays = DelayDeltas()
        for page in pages where page.takes.contains(where: { $0.decidedBy == nil }) {
            guard let before = knowledge.states[page.contact]?.theirsAt, let changed = page.record.modifiedAt,
                changed > before
            else { continue }
            delays.add(hop.key, from: min(changed, now), to: now, workspace: turn.workspace)
        }
        try delays.write(connection, at: now, node: store.ids.node)
    }

    private func writeStates(_ pages: [SyncPage], _ knowledge: SyncKnowledge) throws {
        let rows = try pages.compactMap { page -> SQLArguments? in
            let known = knowledge.states[page.contact]
            let isNews = known?.agreed != page.agreed || known?.theirsAt != page.record.modifiedAt
            guard isNews || known?.checkedAt.map({ now - $0 > Self.noteEvery }) ?? true else { return nil }
            return scope.and([
                "contact_id": page.contact, "agreed": try JSONText.encode(page.agreed),
                "theirs_at": page.record.modifiedAt, "now": now,
            ])
        }
        try connection.executeMany(
            """
            INSERT INTO sync_state (workspace_id, contact_id, connection_id, agreed, theirs_at, checked_at)
            VALUES (:workspace_id, :contact_id, :connection_id, :agreed, :theirs_at, :now)
            ON CONFLICT (workspace_id, contact_id, connection_id) DO UPDATE
            SET agreed = excluded.agreed, theirs_at = excluded.theirs_at, checked_at = excluded.checked_at
            """, rows)
    }

    private func openConflicts(_ pages: [SyncPage], _ knowledge: SyncKnowledge) throws {
        var (rows, news): ([SQLArguments], [SyncChangeDraft]) = ([], [])
        for page in pages {
            for (remote, conflict) in page.conflicts.sorted(by: { $0.key < $1.key }) {
                let known = knowledge.conflicts[page.contact]?[remote]
                guard known != conflict.asKept else { continue }
                rows.append(
                    scope.and([
                        "id": store.ids.next(SyncConflictRow.self), "contact_id": page.contact,
                        "local": conflict.local, "remote": remote, "reason": conflict.reason, "ours": conflict.ours,
                        "theirs": conflict.theirs, "agreed": conflict.agreed, "now": now,
                    ]))
                guard known == nil else { continue }
                news.append(
                    SyncChangeDraft(
                        contact: page.contact, local: conflict.local, remote: remote, kind: .conflict,
                        before: conflict.ours, after: conflict.theirs))
            }
        }
        try connection.executeMany(
            """
            INSERT INTO sync_conflict
                (id, workspace_id, contact_id, connection_id, local, remote, reason, ours, theirs, agreed, since)
            VALUES
                (:id, :workspace_id, :contact_id, :connection_id, :local, :remote, :reason, :ours, :theirs, :agreed,
                 :now)
            ON CONFLICT (workspace_id, contact_id, connection_id, remote) DO UPDATE
            SET local = excluded.local, reason = excluded.reason, ours = excluded.ours, theirs = excluded.theirs,
                agreed = excluded.agreed
            """, rows)
        try connection.note(news, turn, ids: store.ids, at: now)
    }

    /// The two sides came to the same, or one gave way.
    private func closeConflicts(_ pages: [SyncPage], _ knowledge: SyncKnowledge) throws {
        let closed = pages.flatMap { page in
            (knowledge.conflicts[page.contact] ?? [:]).sorted { $0.key < $1.key }
                .filter { page.compared.contains($0.key) && page.conflicts[$0.key] == nil }
                .map { (contact: page.contact, remote: $0.key, conflict: $0.value) }
        }
        try connection.executeMany(
            """
            DELETE FROM sync_conflict
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND connection_id = :connection_id
                AND remote = :remote
            """, closed.map { scope.and(["contact_id": $0.contact, "remote": $0.remote]) })
        try connection.note(
            closed.map {
                SyncChangeDraft(
                    contact: $0.contact, local: $0.conflict.local, remote: $0.remote, kind: .resolved,
                    before: $0.conflict.ours, after: $0.conflict.theirs)
            }, turn, ids: store.ids, at: now)
    }

    /// What was compared just now is no news to this CRM; the others keep theirs.
    private func forgetDue(_ contacts: [ContactID]) throws {
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            try connection.execute(
                """
                DELETE FROM sync_due
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                """, list.arguments(scope))
        }
    }
}

extension SyncPage {
    /// Since when somebody agrees, and by whose word, is known once that is written.
    fileprivate var hasMoreToSay: Bool { outcome.taken.contains(.marketingConsent) }

    fileprivate var takenChanges: [SyncChangeDraft] {
        takes.map { take in
            SyncChangeDraft(
                contact: take.contact, local: take.local, remote: take.remote, kind: .taken, before: take.before,
                after: take.after, decidedBy: take.decidedBy)
        }
    }
}

extension SyncPage.Conflict {
    fileprivate var asKept: SyncKnowledge.OpenConflict {
        SyncKnowledge.OpenConflict(local: local, reason: reason, ours: ours, theirs: theirs)
    }
}
