import Domain

/// Where a person is named without being known as a contact: news of WhatsApp, excerpts of what found no place, remembered
/// answers of the API, news of messages that never came. Inside one transaction.
struct ErasureMentions {
    let store: Store
    let connection: any SQLConnection
    let erasure: OpenErasure
    let now: Timestamp

    private var workspace: WorkspaceID { erasure.workspace }

    func erase() throws {
        var counters = CounterDeltas()
        var counts = ErasureCounts()
        if !erasure.traces.identifiers.isEmpty {
            let notices = try removeNotices()
            counters.add("others.pruned", notices, workspace: workspace)
            counts.add(.notices, notices)
            counts.add(.mentions, try emptyExcerpts())
            let strays = try removeStrays()
            counters.add("statuses.pruned", strays, workspace: workspace)
            counts.add(.mentions, strays)
        }
        counts.add(.mentions, try emptyAnswers())
        try counters.write(connection, at: now, node: store.ids.node)
        try connection.add(counts, to: erasure.id, in: workspace)
    }

    /// A person who stopped marketing inside WhatsApp is named by number or user id.
    private func removeNotices() throws -> Int {
        let subjects = SQLValueList("subject", erasure.traces.identifiers)
        let detail = erasure.traces.patterns(in: "detail", dialect: connection.dialect)
        return try connection.execute(
            """
            DELETE FROM notice
            WHERE workspace_id = :workspace_id AND (subject IN \(subjects.sql) OR \(detail.sql))
            """, subjects.arguments(detail.arguments.with("workspace_id", workspace)))
    }

    /// The entry stays, since the ledger counts it. What belongs to no workspace is shown to all.
    private func emptyExcerpts() throws -> Int {
        let excerpt = erasure.traces.patterns(in: "excerpt", dialect: connection.dialect)
        return try connection.execute(
            """
            UPDATE unrouted SET excerpt = ''
            WHERE (workspace_id = :workspace_id OR workspace_id IS NULL) AND \(excerpt.sql)
            """, excerpt.arguments.with("workspace_id", workspace))
    }

    /// News of messages that we never had. WhatsApp's ids of messages hold the customer's number.
    private func removeStrays() throws -> Int {
        let strays = try connection.rows(
            "SELECT id, wamid FROM status_event WHERE workspace_id = :workspace_id AND message_id IS NULL",
            ["workspace_id": workspace]
        ).filter { row in
            let wamid = MessageWAMID(try row.get("wamid"))
            return erasure.traces.identifiers.contains { wamid.holds($0) }
        }
        return try connection.executeMany(
            "DELETE FROM status_event WHERE workspace_id = :workspace_id AND id = :id AND message_id IS NULL",
            strays.map { ["workspace_id": workspace, "id": try $0.get("id", as: Int64.self)] })
    }

    /// A program that repeats its request is told that it was done, and no more.
    private func emptyAnswers() throws -> Int {
        var arguments: SQLArguments = ["workspace_id": workspace]
        let names = erasure.traces.contacts.map(\.description) + erasure.traces.identifiers
        let conditions = names.enumerated().map { index, name in
            arguments.set("name\(index)", "%\(name)%")
            return "answer LIKE :name\(index)"
        }
        return try connection.execute(
            """
            UPDATE idempotency SET answer = '{}'
            WHERE workspace_id = :workspace_id AND answer IS NOT NULL AND (\(conditions.joined(separator: " OR ")))
            """, arguments)
    }
}

extension SQLArguments {
    fileprivate func with(_ name: String, _ value: any SQLConvertible) -> SQLArguments {
        var copy = self
        copy.set(name, value)
        return copy
    }
}

extension Store {
    /// See ``ErasureMentions``.
    package func eraseMentions(of erasure: OpenErasure) async throws {
        let now = now()
        let store = self
        try await database.write(on: .work) { connection in
            try connection.overwritingDeleted {
                try ErasureMentions(store: store, connection: connection, erasure: erasure, now: now).erase()
            }
        }
    }
}
