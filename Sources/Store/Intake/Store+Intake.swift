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
    /// interpreted, so that a body which ends the process is known at its third try.
    ///
    /// - Parameters:
    ///   - limit: of all; at most a third of it is bulk while live bodies wait.
    ///   - staleAfter: a claim older than this belonged to a node that is gone.
    package func claimBodies(limit: Int, node: Int, staleAfter: Duration) async throws -> [ClaimedBody] {
        let now = now()
        return try await database.write(on: .work) { connection in
            let live = try connection.claimBodies(
                isBulk: false, limit: limit, node: node, at: now, staleBefore: now - staleAfter)
            let bulkLimit = live.isEmpty ? limit : max(1, limit / 3)
            let bulk = try connection.claimBodies(
                isBulk: true, limit: min(bulkLimit, max(1, limit - live.count)), node: node, at: now,
                staleBefore: now - staleAfter)
            return (live + bulk).sorted { $0.intake.id < $1.intake.id }
        }
    }

    /// Gives back what this node holds; for a shutdown. Uses up no attempt.
    package func releaseBodies(node: Int) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE intake SET state = 'waiting', claimed_by = NULL, attempt = attempt - 1
                WHERE state = 'claimed' AND claimed_by = :node
                """, ["node": node])
        }
    }

    /// At the start of a node: whatever its number still holds was in the hands of a process that ended. The attempt
    /// stays counted, since that process may have ended because of it.
    package func rescueBodies(node: Int) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                UPDATE intake SET state = 'waiting', claimed_by = NULL
                WHERE state = 'claimed' AND claimed_by = :node
                """, ["node": node])
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
    fileprivate func claimBodies(
        isBulk: Bool, limit: Int, node: Int, at now: Timestamp, staleBefore: Timestamp
    ) throws -> [ClaimedBody] {
        try rows(
            """
            UPDATE intake
            SET state = 'claimed', attempt = attempt + 1, claimed_by = :node, claimed_at = :now
            WHERE id IN (
                SELECT id FROM intake
                WHERE is_bulk = :is_bulk AND state IN ('waiting', 'claimed')
                    AND (state = 'waiting' OR claimed_at < :stale_before)
                ORDER BY id
                LIMIT :limit
                \(dialect.skipLocked)
            )
            RETURNING id, app_id, received_at, is_bulk, body, attempt
            """,
            [
                "node": node, "now": now, "is_bulk": isBulk, "stale_before": staleBefore, "limit": limit,
            ]
        ).map { row in
            ClaimedBody(
                intake: IntakeBody(
                    id: try row.get("id"), app: try row.get("app_id"), receivedAt: try row.get("received_at"),
                    isBulk: try row.get("is_bulk"), body: try row.get("body")),
                attempt: try row.get("attempt"))
        }
    }
}
