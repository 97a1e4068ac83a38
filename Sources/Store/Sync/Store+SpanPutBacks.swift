package import Domain

/// Putting back everything that a connection changed in a span: a slice after the other, each in one transaction with how far
/// it is. Whoever goes on begins exactly there.
extension Store {
    /// Begins one, to be carried on by ``advanceSpanPutBack(_:in:context:)``.
    /// - Parameters:
    ///   - to: what happens after now is not in it.
    ///   - expected: fields that there are to put back, as they were counted.
    ///   - turn: who wishes it.
    ///   - knowsFields: whether the CRM said what can be written there.
    /// - Returns: the one that runs already, where there is one: a connection has one at a time.
    package func startSpanPutBack(
        of crm: ConnectionID, from: Timestamp, to: Timestamp, expected: Int?, knowsFields: Bool,
        _ turn: SyncPutBackTurn
    ) async throws -> SpanPutBack {
        let (id, now) = (ids.next(SyncPutBackRow.self), now())
        return try await database.write(on: .console) { connection in
            try connection.execute(
                """
                INSERT INTO sync_put_back
                    (id, workspace_id, connection_id, state, from_at, to_at, position, expected, counts, writable,
                     knows_fields, actor, started_at, updated_at)
                VALUES
                    (:id, :workspace_id, :connection_id, 'running', :from, :to, :position, :expected, :counts, :writable,
                     :knows_fields, :actor, :now, :now)
                ON CONFLICT DO NOTHING
                """,
                [
                    "id": id, "workspace_id": turn.workspace, "connection_id": crm, "from": from, "to": min(to, now),
                    "position": IDGenerator.lowest(at: from) - 1, "expected": expected,
                    "counts": try JSONText.encode(SyncPutBackCounts()),
                    "writable": try turn.writable.map { try JSONText.encode($0.sorted()) },
                    "knows_fields": knowsFields, "actor": turn.actor, "now": now,
                ])
            let row = try connection.row(
                """
                SELECT \(SpanPutBack.columns) FROM sync_put_back
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND state = 'running'
                """, ["workspace_id": turn.workspace, "connection_id": crm])
            guard let row else { throw PuenteError.noPutBack }
            return try SpanPutBack(row)
        }
    }

    /// Nil for one that there is not.
    package func spanPutBack(_ id: SyncPutBackID, in workspace: WorkspaceID) async throws -> SpanPutBack? {
        try await database.read(on: .console) { try $0.spanPutBack(id, in: workspace) }
    }

    /// Ends it after the slice that is in hand. What it put back stays so, and the rest may be asked for again.
    package func stopSpanPutBack(_ id: SyncPutBackID, in workspace: WorkspaceID) async throws {
        let now = now()
        try await database.write(on: .console) { try $0.endSpanPutBack(id, as: .stopped, in: workspace, at: now) }
    }

    /// Those that nobody carried on for a while, with their workspaces.
    package func restingSpanPutBacks(
        for pause: Duration
    ) async throws -> [(id: SyncPutBackID, workspace: WorkspaceID)] {
        let before = now() - pause
        return try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, workspace_id FROM sync_put_back WHERE state = 'running' AND updated_at <= :before ORDER BY id
                """, ["before": before]
            ).map { (try $0.get("id"), try $0.get("workspace_id")) }
        }
    }

    /// Carries it on by one slice.
    /// - Returns: whether there is more.
    @discardableResult
    package func advanceSpanPutBack(
        _ id: SyncPutBackID, in workspace: WorkspaceID, context: SyncContext
    ) async throws -> Bool {
        let (store, now) = (self, now())
        return try await database.write(on: .work) { connection in
            let held = try connection.spanPutBack(id, in: workspace, locking: true)
            guard let held, held.state == .running else { return false }
            let slice = try connection.putBackSlice(
                of: held.connection, held.span, after: held.position, in: workspace)
            let known = try connection.contactsPutBack(slice, by: held)
            let turn = SyncPutBackTurn(by: held.actor, in: workspace, context: context, writable: held.writable)
            let report = try store.putBack(slice, of: held.connection, turn, connection, at: now)
            var counts = held.counts
            counts.add(report, contacts: report.contacts.subtracting(known).count)
            try connection.execute(
                """
                UPDATE sync_put_back SET position = :position, counts = :counts, updated_at = :now
                WHERE workspace_id = :workspace_id AND id = :id
                """,
                [
                    "position": slice.next ?? slice.ids.upperBound, "counts": try JSONText.encode(counts), "now": now,
                    "workspace_id": workspace, "id": id,
                ])
            if slice.next == nil { try connection.endSpanPutBack(id, as: .done, in: workspace, at: now) }
            return slice.next != nil
        }
    }
}

extension SQLConnection {
    fileprivate func spanPutBack(
        _ id: SyncPutBackID, in workspace: WorkspaceID, locking: Bool = false
    ) throws -> SpanPutBack? {
        try row(
            """
            SELECT \(SpanPutBack.columns) FROM sync_put_back
            WHERE workspace_id = :workspace_id AND id = :id \(locking ? dialect.forUpdate : "")
            """, ["workspace_id": workspace, "id": id]
        ).map(SpanPutBack.init)
    }

    fileprivate func endSpanPutBack(
        _ id: SyncPutBackID, as state: SpanPutBack.State, in workspace: WorkspaceID, at now: Timestamp
    ) throws {
        try execute(
            """
            UPDATE sync_put_back SET state = :state, updated_at = :now, ended_at = :now
            WHERE workspace_id = :workspace_id AND id = :id AND state = 'running'
            """, ["state": state, "now": now, "workspace_id": workspace, "id": id])
    }

    /// Those of a slice of whom an earlier one has put something back.
    fileprivate func contactsPutBack(_ slice: SyncPutBackSlice, by run: SpanPutBack) throws -> Set<ContactID> {
        guard !slice.isEmpty else { return [] }
        let list = SQLValueList("contact", slice.contacts)
        let rows = try rows(
            """
            SELECT DISTINCT contact_id FROM sync_change
            WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                AND id >= :from AND id < :to AND put_back_at >= :started_at AND put_back_by = :actor
            """,
            list.arguments([
                "workspace_id": run.workspace, "connection_id": run.connection, "from": slice.span.lowerBound,
                "to": slice.span.upperBound, "started_at": run.startedAt, "actor": run.actor,
            ]))
        return Set(try rows.map { try $0.get("contact_id") })
    }
}

extension PuenteError {
    fileprivate static let noPutBack = PuenteError(
        .conflict, detail: "put_back_ended", en: "Another one ended just now. Ask again.",
        es: "Otro acaba de terminar. Vuelva a pedirlo.")
}
