import Domain

/// Settles unrouted entries inside one transaction.
struct UnroutedSettling {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let selection: UnroutedSelection
    let staff: StaffID?
    /// For the trail of what nobody of the staff settles: the key's name.
    let actor: String
    let now: Timestamp

    func dismiss() throws -> Int {
        let entries = try selected()
        guard !entries.isEmpty else { return 0 }
        return try note("dismissed", try settle("dismissed", "id", entries.map(\.id))).count
    }

    func routeAgain() throws -> Int {
        let entries = try selected()
        let bodies = try reopenBodies(Set(entries.map(\.intake)))
        guard !bodies.isEmpty else {
            if case .ids(let ids) = selection, ids.count == 1, !entries.isEmpty { throw PuenteError.bodyPruned }
            return 0
        }
        let settled = try note("routed", try settle("routed", "intake_id", bodies.keys.sorted()))
        try uncount(settled, bodies: bodies)
        return bodies.count
    }

    private struct Entry {
        let id: UnroutedID
        let intake: IntakeID
    }

    private func selected() throws -> [Entry] {
        let open = "FROM unrouted u WHERE u.state = 'open' AND \(UnroutedEntry.isShown)"
        let rows: [SQLRow]
        switch selection {
        case .ids(let ids):
            guard !ids.isEmpty else { return [] }
            let list = SQLValueList("id", ids)
            rows = try connection.rows(
                "SELECT u.id, u.intake_id \(open) AND u.id IN \(list.sql) ORDER BY u.id",
                list.arguments(["workspace_id": workspace]))
        case .reason(let reason):
            rows = try connection.rows(
                """
                SELECT u.id, u.intake_id \(open) AND u.reason = :reason
                ORDER BY u.id LIMIT \(Store.maxUnroutedAtOnce)
                """,
                ["workspace_id": workspace, "reason": reason])
        }
        return try rows.map { Entry(id: try $0.get("id"), intake: try $0.get("intake_id")) }
    }

    /// Whose hand it was, where that is nobody of the staff.
    private func note(_ event: String, _ entries: [Settled]) throws -> [Settled] {
        guard staff == nil else { return entries }
        for entry in entries {
            try connection.trail(entry.id.rawValue, event, by: actor, in: workspace, id: store.ids.next(), at: now)
        }
        return entries
    }

    private struct Settled {
        let id: UnroutedID
        let intake: IntakeID
        let kind: UnroutedEntry.Kind
    }

    /// A routed entry gives its place in the body up, which is unique: when the body is read in vain once more, the
    /// update gets an open entry of its own and the old one stays as history.
    private func settle<Row>(_ state: String, _ column: String, _ ids: [Identifier<Row>]) throws -> [Settled] {
        let list = SQLValueList("id", ids)
        return try connection.rows(
            """
            UPDATE unrouted
            SET state = :state, settled_by = :settled_by, settled_at = :now,
                position = CASE WHEN :is_routed = 1 THEN -id ELSE position END
            WHERE \(column) IN \(list.sql) AND state = 'open'
                AND (workspace_id = :workspace_id OR workspace_id IS NULL)
            RETURNING id, intake_id, kind
            """,
            list.arguments([
                "state": state, "settled_by": staff, "now": now, "is_routed": state == "routed",
                "workspace_id": workspace,
            ])
        ).map { Settled(id: try $0.get("id"), intake: try $0.get("intake_id"), kind: try $0.get("kind")) }
    }

    /// The bodies that are still there, now waiting to be read from their beginning (a long one was recorded in parts),
    /// each with whether it had been counted as interpreted.
    private func reopenBodies(_ bodies: Set<IntakeID>) throws -> [IntakeID: Bool] {
        guard !bodies.isEmpty else { return [:] }
        let list = SQLValueList("id", bodies.sorted())
        let rows = try connection.rows(
            """
            UPDATE intake
            SET state = 'waiting', attempt = 0, next_position = 0, claimed_by = NULL, claimed_at = NULL
            WHERE id IN \(list.sql) AND state IN ('interpreted', 'quarantined')
            RETURNING id
            """, list.arguments([:]))
        let whole = try wholeBodies(list)
        return try rows.reduce(into: [:]) { result, row in
            let id: IntakeID = try row.get("id")
            result[id] = !whole.contains(id)
        }
    }

    /// Bodies that stand in the ledger as unrouted themselves.
    private func wholeBodies(_ list: SQLValueList) throws -> Set<IntakeID> {
        Set(
            try connection.rows(
                """
                SELECT intake_id FROM unrouted
                WHERE intake_id IN \(list.sql) AND kind = 'body' AND state = 'open'
                    AND (workspace_id = :workspace_id OR workspace_id IS NULL)
                """, list.arguments(["workspace_id": workspace])
            ).map { try $0.get("intake_id") })
    }

    /// The bodies wait again, and the updates have not been received yet: each will be counted when it is read.
    private func uncount(_ entries: [Settled], bodies: [IntakeID: Bool]) throws {
        var counters = CounterDeltas()
        for wasInterpreted in bodies.values {
            counters.add(wasInterpreted ? "bodies.interpreted" : "bodies.unrouted", -1)
        }
        for entry in entries {
            guard let kind = entry.kind.ledgerKind else { continue }
            counters.add("\(kind).received", -1)
            counters.add("\(kind).unrouted", -1)
        }
        try counters.write(connection, at: now, node: store.ids.node)
    }
}

extension UnroutedEntry.Kind {
    /// How the ledger counts it; nil for a whole body.
    var ledgerKind: String? {
        switch self {
        case .body: nil
        case .message: "messages"
        case .status: "statuses"
        case .other: "others"
        }
    }
}

extension PuenteError {
    static let bodyPruned = PuenteError(
        .conflict, detail: "body_pruned",
        en: "The body of this entry was pruned, or is being read already, so it cannot be routed again.",
        es: "El cuerpo de esta entrada ya se eliminó, o se está leyendo, y no se puede volver a encaminar.")
}
