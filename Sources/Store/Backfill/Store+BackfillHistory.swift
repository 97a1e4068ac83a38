package import Domain

extension Store {
    /// Hands messages from before to the CRM's lane, the oldest first: those of linked contacts that are not on the
    /// timeline, and that nobody decided to keep off it.
    /// - Parameters:
    ///   - most: jobs that wait in the lane at once, whosever they are: what happens now is never far behind.
    ///   - rate: messages a second.
    package func recordHistory(
        _ backfill: Backfill, most: Int, rate: Double, grip: LaneGrip
    ) async throws -> (step: BackfillStep, report: RecordReport) {
        guard let since = backfill.options.historySince, case .connection(let crm) = grip.lane else {
            return (.stopped, RecordReport())
        }
        let (store, now) = (self, now())
        let (waiting, found) = try await database.read(on: .work) { connection in
            let waiting = try connection.waitingJobs(
                in: grip.lane, of: backfill.workspace, atMost: most, now: now)
            let room = max(0, most - waiting)
            return (waiting, room == 0 ? [] : try connection.unrecorded(of: backfill, since: since, limit: room))
        }
        guard waiting < most else { return (.waits, RecordReport()) }
        let isLast = found.count < most - waiting
        let outcome = try await work(on: backfill, grip) { connection, backfill in
            let writing = HistoryWriting(
                store: store, connection: connection, crm: crm, workspace: backfill.workspace, now: now)
            var counts = backfill.counts
            let written = try writing.write(found)
            counts.messages += written
            let step = try connection.advance(
                backfill, counts: counts, did: written, rate: rate, isOver: isLast,
                ["cursor": found.last?.id.description ?? backfill.cursor], at: now)
            var report = RecordReport()
            if written > 0 { report.lanes.insert(grip.lane) }
            return (step: step, report: report)
        }
        return outcome ?? (.stopped, RecordReport())
    }
}

private struct OldMessage: Sendable {
    let id: MessageID
    let contact: ContactID
}

/// Puts messages onto a CRM's timeline that were not for it until now, inside one transaction: row, counter and job together.
private struct HistoryWriting {
    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let now: Timestamp

    /// - Returns: how many wait to be recorded now.
    func write(_ messages: [OldMessage]) throws -> Int {
        var counters = CounterDeltas()
        var written = 0
        for message in messages {
            guard try takeUp(message.id, &counters) else { continue }
            written += 1
            try connection.enqueue(
                NewJob(
                    kind: .recordActivity, workspace: workspace, lane: .connection(crm),
                    orderingKey: message.contact.rawValue, subject: message.id.rawValue),
                id: store.ids.next(), at: now)
        }
        try counters.write(connection, at: now, node: store.ids.node)
        return written
    }

    private func takeUp(_ message: MessageID, _ counters: inout CounterDeltas) throws -> Bool {
        let key: SQLArguments = ["workspace_id": workspace, "connection_id": crm, "message_id": message]
        let moved = try connection.execute(
            """
            UPDATE activity SET state = 'waiting', reason = NULL
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND message_id = :message_id
                AND state = 'not_applicable' AND reason = 'history'
            """, key)
        if moved == 1 {
            counters.add("crm.\(crm).not_applicable", -1, workspace: workspace)
            return true
        }
        let made = try connection.execute(
            """
            INSERT INTO activity (workspace_id, connection_id, message_id, state)
            SELECT m.workspace_id, :connection_id, m.id, 'waiting' FROM message m
            WHERE m.workspace_id = :workspace_id AND m.id = :message_id
            ON CONFLICT DO NOTHING
            """, key)
        guard made == 1 else { return false }
        counters.add("crm.\(crm).stored", 1, workspace: workspace)
        return true
    }
}

extension SQLConnection {
    /// Jobs of a lane that are due and that no dead letter holds up.
    fileprivate func waitingJobs(
        in lane: Lane, of workspace: WorkspaceID, atMost limit: Int, now: Timestamp
    ) throws -> Int {
        try value(
            """
            SELECT COUNT(*) FROM (
                SELECT j.id FROM job j
                WHERE j.lane = :lane AND j.workspace_id = :workspace_id
                    AND (j.state IN ('running', 'sending') OR (j.state = 'available' AND j.due_at <= :now))
                    AND NOT EXISTS (
                        SELECT 1 FROM job e
                        WHERE e.lane = j.lane AND e.ordering_key = j.ordering_key AND e.id < j.id AND e.holds = 1
                    )
                LIMIT :limit
            ) AS w
            """, ["lane": lane, "workspace_id": workspace, "now": now, "limit": limit], as: Int.self) ?? 0
    }

    /// The next messages of linked contacts since a moment that the CRM has nothing of. A message that came with a history
    /// has a later id than its own time.
    fileprivate func unrecorded(of backfill: Backfill, since: Timestamp, limit: Int) throws -> [OldMessage] {
        let begin = IDGenerator.lowest(at: since - .days(1))
        return try rows(
            """
            SELECT m.id, m.contact_id FROM message m
            WHERE m.workspace_id = :workspace_id AND m.id > :after AND m.meta_at >= :since AND m.kind <> 'system'
                AND EXISTS (
                    SELECT 1 FROM remote_ref r
                    WHERE r.workspace_id = m.workspace_id AND r.connection_id = :connection_id AND r.entity = 'contact'
                        AND r.local_id = m.contact_id
                )
                AND NOT EXISTS (
                    SELECT 1 FROM activity a
                    WHERE a.workspace_id = m.workspace_id AND a.connection_id = :connection_id AND a.message_id = m.id
                        AND (a.state <> 'not_applicable' OR a.reason IS NULL OR a.reason <> 'history')
                )
            ORDER BY m.id
            LIMIT :limit
            """,
            [
                "workspace_id": backfill.workspace, "connection_id": backfill.connection,
                "after": backfill.cursor.flatMap(MessageID.init)?.rawValue ?? begin, "since": since, "limit": limit,
            ]
        ).map { OldMessage(id: try $0.get("id"), contact: try $0.get("contact_id")) }
    }
}
