import Domain
import Secrets

extension Store {
    /// Removes the next messages of a person who is erased, with their statuses, versions, reactions, jobs and what the
    /// CRMs were told of them, so that the ledger stays true. Their files are marked, and go by
    /// ``erasedFiles(of:limit:)``.
    /// - Returns: how many; fewer than the limit when there are no more.
    package func eraseMessages(of erasure: OpenErasure, limit: Int = 100) async throws -> Int {
        let now = now()
        let store = self
        let heirs = try await database.read(on: .work) { connection in
            try ErasureFiles(connection: connection, erasure: erasure).heirs(limit: limit)
        }
        return try await database.write(on: .work) { connection in
            try connection.overwritingDeleted {
                try ErasureSlice(store: store, connection: connection, erasure: erasure, now: now).erase(
                    limit: limit, heirs: heirs)
            }
        }
    }

    /// The files of a person who is erased, for whoever removes them; `file` is nil where another message shows it, too.
    package func erasedFiles(of erasure: OpenErasure, limit: Int = 200) async throws -> [PrunedMedia] {
        try await database.read(on: .work) { connection in
            try ErasureFiles(connection: connection, erasure: erasure).files(limit: limit)
        }
    }

    /// Whether nothing is waited for any more: no job under way, no message, file or export.
    package func isNearlyDone(_ erasure: OpenErasure) async throws -> Bool {
        let now = now()
        return try await database.read(on: .work) { connection in
            try ErasureEnding(connection: connection, erasure: erasure, now: now).isReady()
        }
    }

    /// Ends what can be ended now.
    /// - Returns: whether the erasure is done. While a job of the person is under way, a file or an export of theirs is
    ///   still there, or a message has come in between, it is not.
    package func finish(_ erasure: OpenErasure) async throws -> Bool {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.overwritingDeleted {
                try ErasureEnding(connection: connection, erasure: erasure, now: now).end()
            }
        }
    }
}

/// Some messages of a person who is erased, inside one transaction.
struct ErasureSlice {
    let store: Store
    let connection: any SQLConnection
    let erasure: OpenErasure
    let now: Timestamp

    private var workspace: WorkspaceID { erasure.workspace }

    /// - Parameter heirs: of files that others' messages show, too: the newest of those.
    func erase(limit: Int, heirs: [MediaID: MessageID]) throws -> Int {
        try connection.executeMany(
            "UPDATE media SET message_id = :heir WHERE workspace_id = :workspace_id AND id = :id",
            heirs.map { ["heir": $0.value, "workspace_id": workspace, "id": $0.key] })
        let list = SQLValueList("person", erasure.traces.contacts)
        let rows = try connection.rows(
            """
            SELECT id, number_id, wamid, origin, kind, content FROM message
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql)
            ORDER BY id LIMIT :limit
            """, list.arguments(["workspace_id": workspace, "limit": limit]))
        var counters = CounterDeltas()
        var counts = ErasureCounts()
        var running: [JobID] = []
        let pruning = MessagePruning(store: store, connection: connection, now: now)
        for row in rows {
            let message: MessageID = try row.get("id")
            let jobs = try removeJobs(of: message)
            running += jobs.running
            counts.add(.jobs, jobs.removed)
            try removeReaction(row)
            try pruning.remove(row, in: workspace, counters: &counters)
            counts.add(.files, try claimFiles(of: message, row))
        }
        counts.add(.messages, rows.count)
        try wait(for: running)
        try counters.write(connection, at: now, node: store.ids.node)
        try connection.add(counts, to: erasure.id, in: workspace)
        return rows.count
    }

    /// Those that are under way stay until they are over.
    private func removeJobs(of message: MessageID) throws -> (removed: Int, running: [JobID]) {
        let ofMessage = """
            workspace_id = :workspace_id AND (subject_id = :id OR subject_id IN (
                SELECT id FROM media WHERE workspace_id = :workspace_id AND message_id = :id
            ))
            """
        let arguments: SQLArguments = ["workspace_id": workspace, "id": message]
        let removed = try connection.execute(
            "DELETE FROM job WHERE \(ofMessage) AND state NOT IN ('running', 'sending')", arguments)
        let running = try connection.rows("SELECT id FROM job WHERE \(ofMessage)", arguments)
        return (removed, try running.map { try $0.get("id") })
    }

    /// What the person put on a message that we never had goes with the news of it.
    private func removeReaction(_ row: SQLRow) throws {
        guard case .reaction(let reaction) = try row.content("content", kind: "kind") else { return }
        try connection.execute(
            "DELETE FROM reaction WHERE workspace_id = :workspace_id AND number_id = :number_id AND target = :target",
            [
                "workspace_id": workspace, "number_id": try row.get("number_id", as: NumberID.self),
                "target": reaction.messageID,
            ])
    }

    private func wait(for jobs: [JobID]) throws {
        guard !jobs.isEmpty else { return }
        var traces = try connection.traces(of: erasure, vault: store.vault)
        traces.runningJobs = Array(Set(traces.runningJobs + jobs)).sorted()
        try connection.execute(
            "UPDATE erasure SET traces = :traces WHERE workspace_id = :workspace_id AND id = :id",
            [
                "traces": try store.seal(traces, of: erasure.id, in: workspace), "workspace_id": workspace,
                "id": erasure.id,
            ])
    }

    /// The rows of files that went with a message say nothing of it any more. The erasure's id stands where the message's
    /// was: so they are found until their files are gone.
    /// - Returns: how many have a file.
    private func claimFiles(of message: MessageID, _ row: SQLRow) throws -> Int {
        let sent = try row.content("content", kind: "kind").carriedMedia?.storedID
        let files = try connection.rows(
            """
            UPDATE media
            SET message_id = :erasure, meta_id = NULL, meta_id_at = NULL, mime_type = NULL, filename = NULL,
                claimed_hash = NULL, failure = NULL
            WHERE workspace_id = :workspace_id AND state = 'pruned'
                AND (message_id = :message OR (id = :sent AND message_id IS NULL))
            RETURNING sha256
            """,
            ["erasure": erasure.id, "workspace_id": workspace, "message": message, "sent": sent?.rawValue ?? 0])
        return try files.count { try $0.get("sha256", as: String?.self) != nil }
    }
}

extension SQLConnection {
    /// As they stand now: a slice may have added to them.
    func traces(of erasure: OpenErasure, vault: Vault) throws -> PersonTraces {
        let sealed = try value(
            """
            SELECT traces FROM erasure
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'running' \(dialect.forUpdate)
            """, ["workspace_id": erasure.workspace, "id": erasure.id], as: String.self)
        guard let sealed else { return erasure.traces }
        return try PersonTraces.opened(sealed, of: erasure.id, in: erasure.workspace, vault: vault)
    }
}
