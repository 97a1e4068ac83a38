import Domain

extension Store {
    /// Appends bodies durably: when this returns, they survive a power loss. One commit for all of them.
    package func append(_ bodies: [IntakeBody], node: Int) async throws {
        let now = now()
        try await database.write(on: .intake) { connection in
            try connection.executeMany(
                """
                INSERT INTO intake (id, received_at, app_id, is_bulk, state, body)
                VALUES (:id, :received_at, :app_id, :is_bulk, 'waiting', :body)
                """,
                bodies.map {
                    [
                        "id": $0.id, "received_at": $0.receivedAt, "app_id": $0.app, "is_bulk": $0.isBulk,
                        "body": $0.body,
                    ]
                })
            var counters = CounterDeltas()
            counters.add("bodies.received", bodies.count)
            try counters.write(connection, at: now, node: node)
        }
    }

    /// Takes waiting bodies, oldest first. The claim and its attempt count are committed before anything is
    /// interpreted, so that a body which ends the process is known when it comes again.
    ///
    /// - Parameter limit: of all; at most a third of it is bulk while live bodies wait.
    package func claimBodies(limit: Int, node: Int) async throws -> [ClaimedBody] {
        let now = now()
        return try await database.write(on: .work) { connection in
            let live = try connection.claimBodies(isBulk: false, limit: limit, node: node, at: now)
            let bulkLimit = live.isEmpty ? limit : min(max(1, limit / 3), limit - live.count)
            guard bulkLimit > 0 else { return live }
            return live + (try connection.claimBodies(isBulk: true, limit: bulkLimit, node: node, at: now))
        }
    }

    /// Takes one body that was claimed before and has no outcome: alone, so that only the one which ends the process
    /// is counted again. Those tried least come first.
    package func claimSuspect(node: Int) async throws -> ClaimedBody? {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.claimBodies(
                """
                SELECT id FROM intake
                WHERE state IN ('waiting', 'claimed') AND state = 'waiting' AND attempt > 0
                ORDER BY attempt, id
                LIMIT :limit
                """,
                ["node": node, "now": now, "limit": 1]
            ).first
        }
    }

    /// Gives back what this node holds; for a shutdown. Uses up no attempt.
    package func releaseBodies(node: Int) async throws {
        try await database.write(on: .work) { try $0.releaseBodies(node: node) }
    }

    /// Puts back what is in the hands of nodes that are gone. The attempt stays counted, since such a node may have
    /// ended because of the body.
    /// - Returns: how many.
    package func rescueBodies() async throws -> Int {
        try await database.write(on: .work) { connection in
            let now = try connection.databaseNow()
            return try connection.execute(
                """
                UPDATE intake SET state = 'waiting', claimed_by = NULL
                WHERE state IN ('waiting', 'claimed') AND state = 'claimed'
                    AND claimed_by NOT IN (SELECT number FROM node WHERE lease_until > :now)
                """, ["now": now])
        }
    }

    /// Sets a body aside that stopped the interpreter three times; it is shown under "unrouted".
    package func quarantine(_ body: IntakeBody, node: Int) async throws {
        let now = now()
        let id = ids.next(UnroutedRow.self)
        try await database.write(on: .work) { connection in
            let isOurs = try connection.execute(
                "UPDATE intake SET state = 'quarantined', claimed_by = NULL WHERE id = :id AND state = 'claimed'",
                ["id": body.id])
            guard isOurs == 1 else { return }
            try connection.execute(
                """
                INSERT INTO unrouted
                    (id, intake_id, position, received_at, app_id, reason, field, kind, excerpt, state)
                VALUES
                    (:id, :intake_id, -1, :received_at, :app_id, :reason, '', 'body', :excerpt, 'open')
                ON CONFLICT (intake_id, position) DO NOTHING
                """,
                [
                    "id": id, "intake_id": body.id, "received_at": body.receivedAt, "app_id": body.app,
                    "reason": UnroutedReason.stoppedInterpreter,
                    "excerpt": String(decoding: body.body.prefix(2000), as: UTF8.self),
                ])
            var counters = CounterDeltas()
            counters.add("bodies.unrouted", 1)
            try counters.write(connection, at: now, node: node)
        }
    }
}

extension SQLConnection {
    /// What a node holds goes back, and its attempt is not counted.
    func releaseBodies(node: Int) throws {
        try execute(
            """
            UPDATE intake SET state = 'waiting', claimed_by = NULL, attempt = attempt - 1
            WHERE state IN ('waiting', 'claimed') AND state = 'claimed' AND claimed_by = :node
            """, ["node": node])
    }

    fileprivate func claimBodies(isBulk: Bool, limit: Int, node: Int, at now: Timestamp) throws -> [ClaimedBody] {
        try claimBodies(
            """
            SELECT id FROM intake
            WHERE is_bulk = :is_bulk AND state IN ('waiting', 'claimed') AND state = 'waiting' AND attempt = 0
            ORDER BY id
            LIMIT :limit
            """,
            ["node": node, "now": now, "is_bulk": isBulk, "limit": limit])
    }

    /// The selection is made once, before anything is updated: a planner that joined it could run it again for each row.
    fileprivate func claimBodies(_ selection: String, _ arguments: SQLArguments) throws -> [ClaimedBody] {
        try rows(
            """
            WITH picked AS MATERIALIZED (
                \(selection)
                \(dialect.skipLocked)
            )
            UPDATE intake
            SET state = 'claimed', attempt = attempt + 1, claimed_by = :node, claimed_at = :now
            WHERE id IN (SELECT id FROM picked)
            RETURNING id, app_id, received_at, is_bulk, body, attempt
            """, arguments
        ).map { row in
            ClaimedBody(
                intake: IntakeBody(
                    id: try row.get("id"), app: try row.get("app_id"), receivedAt: try row.get("received_at"),
                    isBulk: try row.get("is_bulk"), body: try row.get("body")),
                attempt: try row.get("attempt"))
        }.sorted { $0.intake.id < $1.intake.id }
    }
}
