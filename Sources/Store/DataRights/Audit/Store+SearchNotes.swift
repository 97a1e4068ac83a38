package import Domain

extension Store {
    /// Somebody listed contacts, or looked for some. Of what one types letter by letter only the longest is kept.
    /// - Parameter asked: `query` is what was typed; filters by their names, as ids and words of ours.
    package func noteListed(_ asked: [String: String], by actor: String, in workspace: WorkspaceID) async throws {
        var detail = asked.filter { !$0.value.isEmpty }
        let note = detail.removeValue(forKey: "query").flatMap(SearchNote.init)
        if note != nil { detail[SearchNote.mark] = "yes" }
        let text = try JSONText.encode(detail)
        let now = now()
        let entries = try await database.read(on: .console) { connection in
            try connection.listings(by: actor, since: now - SearchNote.step, in: workspace)
        }
        let noting = Noting(store: self, actor: actor, workspace: workspace, now: now)
        switch ListingDecision(note, detail: text, after: entries, now: now) {
        case .known, .dropped: break
        case .more: try await noting.add(try JSONText.encode(["more": "yes"]), nil)
        case .added: try await noting.add(text, note)
        case .grown(let entry):
            // Else it was taken away by an erasure in between.
            guard let note, try await !noting.replace(entry, note) else { return }
            try await noting.add(text, note)
        }
    }
}

private struct Noting: Sendable {
    let store: Store
    let actor: String
    let workspace: WorkspaceID
    let now: Timestamp

    func add(_ detail: String, _ note: SearchNote?) async throws {
        try await store.database.write(on: .work, .inOrder) { connection in
            let entry = store.ids.next(JobRow.self)
            try connection.trail(
                workspace.rawValue, AuditEvent.contactsListed.rawValue, by: actor, in: workspace, detail: detail,
                id: entry, at: now)
            guard let note else { return }
            try connection.execute(
                """
                INSERT INTO search_note (id, workspace_id, words, folded, at)
                VALUES (:id, :workspace_id, :words, :folded, :now)
                """,
                [
                    "id": entry, "workspace_id": workspace, "words": note.words, "folded": note.folded, "now": now,
                ])
        }
    }

    /// - Returns: whether the entry still had words.
    func replace(_ entry: Int64, _ note: SearchNote) async throws -> Bool {
        try await store.database.write(on: .work, .inOrder) { connection in
            try connection.execute(
                """
                UPDATE search_note SET words = :words, folded = :folded, at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                [
                    "words": note.words, "folded": note.folded, "now": now, "workspace_id": workspace, "id": entry,
                ]) > 0
        }
    }
}

extension SQLConnection {
    /// The newest first; one more than ``SearchNote/most`` at most.
    fileprivate func listings(
        by actor: String, since: Timestamp, in workspace: WorkspaceID
    ) throws -> [ListingDecision.Entry] {
        try rows(
            """
            SELECT t.id, t.detail, n.words, n.folded, n.at
            FROM trail t
            LEFT JOIN search_note n ON n.workspace_id = :workspace_id AND n.id = t.id
            WHERE t.workspace_id = :workspace_id AND t.subject_id = :workspace_id AND t.id > :since
                AND t.event = :event AND t.actor = :actor
            ORDER BY t.id DESC LIMIT :limit
            """,
            [
                "workspace_id": workspace, "since": IDGenerator.lowest(at: since),
                "event": AuditEvent.contactsListed.rawValue, "actor": actor, "limit": SearchNote.most + 1,
            ]
        ).map { row in
            ListingDecision.Entry(
                id: try row.get("id"), detail: try row.get("detail"), words: try row.get("words"),
                folded: try row.get("folded"), at: try row.get("at"))
        }
    }
}
