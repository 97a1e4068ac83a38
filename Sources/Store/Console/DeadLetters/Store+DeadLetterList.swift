package import Domain

extension Store {
    package func deadLetters(
        _ query: DeadLetterQuery, in workspace: WorkspaceID
    ) async throws -> ListPage<DeadLetter> {
        let limit = ListLimit.clamped(query.limit)
        let now = now()
        return try await database.read(on: .console) { connection in
            var conditions = query.conditions(in: workspace)
            conditions.set("limit", limit + 1)
            let letters = try connection.deadLetters(
                "\(conditions.sql) ORDER BY j.id DESC LIMIT :limit", conditions.arguments, in: workspace, now: now)
            return ListPage(fetched: letters, limit: limit) { ListPosition(id: $0.id.rawValue) }
        }
    }

    /// Nil when there is no such job, or when it needs nobody (any more).
    package func deadLetter(_ id: JobID, in workspace: WorkspaceID) async throws -> DeadLetter? {
        let now = now()
        return try await database.read(on: .console) { connection in
            try connection.deadLetters(
                "WHERE j.workspace_id = :workspace_id AND j.id = :id AND j.state IN ('discarded', 'uncertain')",
                ["workspace_id": workspace, "id": id], in: workspace, now: now
            ).first
        }
    }

    package func deadLetterCounts(in workspace: WorkspaceID) async throws -> DeadLetterCounts {
        let now = now()
        return try await database.read(on: .console) { connection in
            let groups = try connection.deadLetterGroups(in: workspace, now: now)
            let total = groups.reduce(0) { $0 + $1.count }
            return DeadLetterCounts(
                discarded: ListCount(total),
                uncertain: try connection.count(
                    "FROM job WHERE workspace_id = :workspace_id AND state = 'uncertain'",
                    ["workspace_id": workspace]),
                mayHaveBeenSent: try connection.count(
                    """
                    FROM job j
                    JOIN message m ON m.id = j.subject_id AND m.workspace_id = j.workspace_id
                    WHERE j.workspace_id = :workspace_id AND \(DeadLetterQuery.mayHaveLeft)
                    """, ["workspace_id": workspace]),
                byKind: groups.reduce(into: [:]) { sums, group in
                    if let kind = group.kind { sums[kind, default: 0] += group.count }
                },
                byLane: groups.reduce(into: [:]) { sums, group in
                    if let lane = group.lane { sums[lane, default: 0] += group.count }
                },
                overdue: groups.reduce(0) { $0 + $1.overdue })
        }
    }
}

private struct DeadLetterGroup {
    let kind: JobKind?
    let lane: Lane?
    let count: Int
    let overdue: Int
}

extension SQLConnection {
    func deadLetters(
        _ conditions: String, _ arguments: SQLArguments, in workspace: WorkspaceID, now: Timestamp
    ) throws -> [DeadLetter] {
        let names = try laneNames(in: workspace)
        var letters = try rows("SELECT \(DeadLetter.columns) \(DeadLetter.tables) \(conditions)", arguments)
            .map { row in
                try DeadLetter(row, laneNames: names, now: now) {
                    try templateFacts(for: $0, waba: $1, in: workspace)
                }
            }
        let refusals = try personRefusals(
            of: letters.filter { $0.wasRefusedForPerson && $0.refusal == nil }.compactMap(\.message?.id), in: workspace,
            now: now)
        for place in letters.indices {
            guard let message = letters[place].message, let refusal = refusals[message.id] else { continue }
            letters[place].refusal = refusal
        }
        try DeadLetterValues(connection: self, workspace: workspace).add(to: &letters)
        return letters
    }

    /// What still speaks against messages because of whom they go to: they may have agreed since.
    private func personRefusals(
        of messages: [MessageID], in workspace: WorkspaceID, now: Timestamp
    ) throws -> [MessageID: SendRefusal] {
        guard !messages.isEmpty else { return [:] }
        let list = SQLValueList("message", messages)
        let rows = try rows(
            """
            SELECT m.id, m.workspace_id, m.contact_id, m.conversation_id, m.content, \(SendColumns.ofMessage)
            FROM message m
            JOIN conversation c ON c.id = m.conversation_id AND c.workspace_id = m.workspace_id
            JOIN number n ON n.id = m.number_id AND n.workspace_id = m.workspace_id
            WHERE m.workspace_id = :workspace_id AND m.id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace]))
        var gate = GateFacts(
            connection: self, now: now, moment: .accepting, contacts: try rows.map { try $0.get("contact_id") })
        var refusals: [MessageID: SendRefusal] = [:]
        for row in rows {
            let content: MessageContent = try row.json("content")
            refusals[try row.get("id")] = SendGate.personRefusal(content, facts: try gate.facts(row, content: content))
        }
        return refusals
    }

    /// Of the newest ones, one more than the ceiling: so many dead letters are "a lot" whatever they are.
    fileprivate func deadLetterGroups(in workspace: WorkspaceID, now: Timestamp) throws -> [DeadLetterGroup] {
        try rows(
            """
            SELECT kind, lane, COUNT(*) AS letters,
                CAST(SUM(CASE WHEN answer_by < :now THEN 1 ELSE 0 END) AS BIGINT) AS overdue
            FROM (
                SELECT kind, lane, answer_by FROM job
                WHERE workspace_id = :workspace_id AND state = 'discarded'
                ORDER BY id DESC
                LIMIT \(ListCount.ceiling + 1)
            ) AS newest
            GROUP BY kind, lane
            """,
            ["now": now, "workspace_id": workspace]
        ).map { row in
            DeadLetterGroup(
                kind: JobKind(rawValue: try row.get("kind")), lane: Lane(try row.get("lane", as: String.self)),
                count: try row.get("letters"), overdue: try row.get("overdue"))
        }
    }

    /// The names that the configuration gives to what lanes lead to.
    func laneNames(in workspace: WorkspaceID) throws -> [String: String] {
        var names: [String: String] = [:]
        for row in try rows(
            "SELECT id, slug FROM number WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        {
            let id: NumberID = try row.get("id")
            names["\(Lane.number(id))"] = try row.get("slug")
            names["\(Lane.media(id))"] = try row.get("slug")
        }
        for row in try rows(
            "SELECT id, slug FROM connection WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        {
            names["\(Lane.connection(try row.get("id")))"] = try row.get("slug")
        }
        return names
    }
}
