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

    /// Whether the intake log can be written: a commit as durable as those of bodies, that takes nothing in.
    package func probeIntake() async throws {
        let now = now()
        try await database.write(on: .intake) { connection in
            try connection.execute(
                """
                INSERT INTO installation (name, value) VALUES ('intake_probed_at', :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, ["value": "\(now.milliseconds)"])
        }
    }

    /// What an interpreter is to do next: a suspect alone, or else waiting bodies.
    package func claimWork(isBulk: Bool, limit: Int, node: Int) async throws -> [ClaimedBody] {
        let now = now()
        return try await database.write(on: .work, .inOrder) { connection in
            if let suspect = try connection.claimSuspect(isBulk: isBulk, node: node, at: now) { return [suspect] }
            return try connection.claimBodies(isBulk: isBulk, limit: limit, node: node, at: now)
        }
    }

    /// Takes waiting bodies, oldest first. The claim and its attempt count are committed before
    /// anything is interpreted, so that a body which ends the process is known when it comes again.
    ///
    /// - Parameter isBulk: live traffic and history wait in two queues, so that neither holds up the other.
    package func claimBodies(limit: Int, isBulk: Bool = false, node: Int) async throws -> [ClaimedBody] {
        let now = now()
        return try await database.write(on: .work, .inOrder) { connection in
            try connection.claimBodies(isBulk: isBulk, limit: limit, node: node, at: now)
        }
    }

    /// Takes one body that was claimed before and has no outcome: alone, so that only the one which ends the process
    /// is counted again. Those tried least come first.
    package func claimSuspect(isBulk: Bool = false, node: Int) async throws -> ClaimedBody? {
        let now = now()
        return try await database.write(on: .work, .inOrder) { connection in
            try connection.claimSuspect(isBulk: isBulk, node: node, at: now)
        }
    }

    /// Gives back what this node holds: for a shutdown, or after a claim that failed, when nothing is in hand. Uses up no
    /// attempt.
    /// - Parameter isBulk: of that queue only; nil for both.
    /// - Returns: how many.
    @discardableResult
    package func releaseBodies(isBulk: Bool? = nil, node: Int) async throws -> Int {
        try await database.write(on: .work, .inOrder) { try $0.releaseBodies(isBulk: isBulk, node: node) }
    }

    /// Puts back what is in the hands of nodes that are gone. The attempt stays counted, since such a node may have
    /// ended because of the body.
    /// - Returns: how many.
    package func rescueBodies() async throws -> Int {
        try await database.write(on: .work, .inOrder) { connection in
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
                """
                UPDATE intake SET state = 'quarantined', claimed_by = NULL
                WHERE id = :id AND state = 'claimed' AND claimed_by = :node
                """, ["id": body.id, "node": node])
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
    @discardableResult
    func releaseBodies(isBulk: Bool? = nil, node: Int) throws -> Int {
        let ofQueue = isBulk.map { "AND is_bulk = \($0 ? 1 : 0)" } ?? ""
        return try execute(
            """
            UPDATE intake SET state = 'waiting', claimed_by = NULL, attempt = attempt - 1
            WHERE state IN ('waiting', 'claimed') AND state = 'claimed' AND claimed_by = :node \(ofQueue)
            """, ["node": node])
    }

    fileprivate func claimSuspect(isBulk: Bool, node: Int, at now: Timestamp) throws -> ClaimedBody? {
        try claimBodies(
            """
            SELECT id FROM intake
            WHERE is_bulk = :is_bulk AND state = 'waiting' AND attempt > 0
            ORDER BY attempt, id
            LIMIT :limit
            """,
            isBulk: isBulk, limit: 1, node: node, at: now
        ).first
    }

    fileprivate func claimBodies(isBulk: Bool, limit: Int, node: Int, at now: Timestamp) throws -> [ClaimedBody] {
        try claimBodies(
            """
            SELECT id FROM intake
            WHERE is_bulk = :is_bulk AND state IN ('waiting', 'claimed') AND state = 'waiting' AND attempt = 0
            ORDER BY id
            LIMIT :limit
            """,
            isBulk: isBulk, limit: limit, node: node, at: now)
    }

    /// The selection is made once, before anything is updated: a planner that joined it could run it again for each row.
    private func claimBodies(
        _ selection: String, isBulk: Bool, limit: Int, node: Int, at now: Timestamp
    ) throws -> [ClaimedBody] {
        try rows(
            """
            WITH picked AS MATERIALIZED (
                \(selection)
                \(dialect.skipLocked)
            )
            UPDATE intake
            SET state = 'claimed', attempt = attempt + 1, claimed_by = :node, claimed_at = :now
            WHERE id IN (SELECT id FROM picked)
            RETURNING id, app_id, received_at, is_bulk, body, attempt, next_position
            """,
            ["is_bulk": isBulk, "limit": limit, "node": node, "now": now]
        ).map { row in
            ClaimedBody(
                intake: IntakeBody(
                    id: try row.get("id"), app: try row.get("app_id"), receivedAt: try row.get("received_at"),
                    isBulk: try row.get("is_bulk"), body: try row.get("body")),
                attempt: try row.get("attempt"), nextPosition: try row.get("next_position"))
        }.sorted { $0.intake.id < $1.intake.id }
    }
}
