package import Domain

/// Which entries a list shows, newest first.
package struct UnroutedQuery: Sendable {
    package var state: UnroutedEntry.State
    package var reason: UnroutedReason?
    package var kind: UnroutedEntry.Kind?
    package var before: ListPosition?
    package var limit: Int

    package init(
        state: UnroutedEntry.State = .open, reason: UnroutedReason? = nil,
        kind: UnroutedEntry.Kind? = nil, before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.state = state
        self.reason = reason
        self.kind = kind
        self.before = before
        self.limit = limit
    }
}

extension Store {
    package func unrouted(_ query: UnroutedQuery, in workspace: WorkspaceID) async throws -> ListPage<UnroutedEntry> {
        let limit = ListLimit.clamped(query.limit)
        return try await database.read(on: .console) { connection in
            var conditions = query.conditions(in: workspace)
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(UnroutedEntry.columns)
                \(UnroutedEntry.tables)
                \(conditions.sql)
                ORDER BY u.id DESC
                LIMIT :limit
                """, conditions.arguments)
            return ListPage(fetched: try rows.map(UnroutedEntry.init), limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }

    /// The bodies that unrouted entries came in, while they are kept and no longer than `length` bytes.
    package func unroutedBodies(
        _ bodies: Set<IntakeID>, upTo length: Int, in workspace: WorkspaceID
    ) async throws -> [IntakeID: [UInt8]] {
        guard !bodies.isEmpty else { return [:] }
        let list = SQLValueList("id", bodies.sorted())
        return try await database.read(on: .console) { connection in
            try connection.rows(
                """
                SELECT i.id, i.body FROM intake i
                WHERE i.id IN \(list.sql) AND length(i.body) <= :length
                    AND EXISTS (SELECT 1 FROM unrouted u WHERE u.intake_id = i.id AND \(UnroutedEntry.isShown))
                """, list.arguments(["length": length, "workspace_id": workspace])
            ).reduce(into: [:]) { $0[try $1.get("id")] = try $1.get("body", as: [UInt8].self) }
        }
    }

    package func unroutedEntry(_ id: UnroutedID, in workspace: WorkspaceID) async throws -> UnroutedDetail? {
        try await database.read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT \(UnroutedEntry.columns), substr(i.body, 1, \(UnroutedDetail.maxBodyBytes)) AS body,
                    length(i.body) AS body_length,
                    (SELECT COUNT(*) FROM unrouted o
                        WHERE o.intake_id = u.intake_id AND o.state = 'open'
                            AND (o.workspace_id = :workspace_id OR o.workspace_id IS NULL)) AS open_of_same_body
                \(UnroutedEntry.tables)
                LEFT JOIN intake i ON i.id = u.intake_id
                WHERE \(UnroutedEntry.isShown) AND u.id = :id
                """,
                ["workspace_id": workspace, "id": id])
            return try row.map { row in
                let length = try row.get("body_length", as: Int?.self)
                return UnroutedDetail(
                    entry: try UnroutedEntry(row), body: try row.get("body"),
                    isBodyCut: (length ?? 0) > UnroutedDetail.maxBodyBytes,
                    openOfSameBody: try row.get("open_of_same_body"))
            }
        }
    }

    /// Open entries by reason, of the newest ``ListCount/ceiling``; and of how many in all.
    package func unroutedCounts(
        in workspace: WorkspaceID
    ) async throws -> (total: ListCount, byReason: [UnroutedReason: Int]) {
        try await database.read(on: .console) { connection in
            let groups = try connection.rows(
                """
                SELECT reason, COUNT(*) AS entries
                FROM (
                    SELECT u.reason FROM unrouted u
                    WHERE u.state = 'open' AND \(UnroutedEntry.isShown)
                    ORDER BY u.id DESC
                    LIMIT \(ListCount.ceiling + 1)
                ) AS newest
                GROUP BY reason
                """,
                ["workspace_id": workspace]
            ).map { (UnroutedReason(rawValue: try $0.get("reason")), try $0.get("entries", as: Int.self)) }
            let byReason = groups.reduce(into: [UnroutedReason: Int]()) { sums, group in
                if let reason = group.0 { sums[reason] = group.1 }
            }
            return (ListCount(groups.reduce(0) { $0 + $1.1 }), byReason)
        }
    }
}

extension UnroutedQuery {
    fileprivate func conditions(in workspace: WorkspaceID) -> SQLConditions {
        var conditions = SQLConditions(workspace: workspace, shown: UnroutedEntry.isShown)
        // Literals, so that the partial index can be used.
        switch state {
        case .open: conditions.add("u.state = 'open'")
        case .dismissed: conditions.add("u.state = 'dismissed'")
        case .routed: conditions.add("u.state = 'routed'")
        }
        if let reason { conditions.add("u.reason = :reason", "reason", reason) }
        if let kind { conditions.add("u.kind = :kind", "kind", kind) }
        conditions.add(before: before, id: "u.id")
        return conditions
    }
}
