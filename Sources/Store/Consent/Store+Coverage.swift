package import Domain

/// How far consent reaches, and whom it does not: also among a million customers no page waits for a count of them all.
extension Store {
    /// - Parameter most: of more customers the clock's last count is told, where there is one.
    package func consentCoverage(
        in workspace: WorkspaceID, countingAtMost most: Int = ConsentCoverage.mostAtOnce
    ) async throws -> ConsentCoverage {
        try await database.read(on: .console) { connection in
            if try connection.hasCustomers(beyond: most, in: workspace),
                let kept: ConsentCoverage = try connection.setting(ConsentCoverage.settingName, in: workspace)
            {
                return kept
            }
            return try connection.countCoverage(in: workspace)
        }
    }

    /// Counts anew where there are too many customers for a page to wait. Outside a write: it may take a second.
    package func keepCoverage(countingAtMost most: Int = ConsentCoverage.mostAtOnce) async throws {
        let now = now()
        let counted = try await database.read(on: .work) { connection in
            try connection.workspaces().filter { try connection.hasCustomers(beyond: most, in: $0) }
                .map { ($0, try connection.countCoverage(in: $0, at: now)) }
        }
        guard !counted.isEmpty else { return }
        try await database.write(on: .work) { connection in
            for (workspace, coverage) in counted {
                try connection.set(
                    ConsentCoverage.settingName, to: coverage, in: workspace, by: MessageCommand.Author.puente, at: now)
            }
        }
    }

    /// Customers whose consent is not confirmed, the last changed first. A page looks through so many customers at most:
    /// where nearly all have confirmed it may hold few, or none, and others follow.
    package func unconfirmedContacts(
        before: ListPosition? = nil, limit: Int = ListLimit.usual,
        lookingThrough most: Int = ConsentCoverage.mostAtOnce, in workspace: WorkspaceID
    ) async throws -> ListPage<UnconfirmedContact> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            let end = try connection.listed(before: before, at: most, in: workspace)
            var conditions = SQLConditions(workspace: workspace, alias: "p")
            conditions.add("p.merged_into IS NULL AND COALESCE(k.is_double, 0) = 0")
            conditions.add(before: before, key: "p.updated_at", id: "p.id")
            if let end {
                conditions.add("(p.updated_at, p.id) >= (:end_key, :end_id)", "end_key", end.key)
                conditions.set("end_id", end.id)
            }
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(PersonSummary.columns), p.updated_at, k.standing, CASE WHEN EXISTS (
                        SELECT 1 FROM opt_in o
                        WHERE o.workspace_id = p.workspace_id AND o.contact_id = p.id AND o.state = 'waiting'
                    ) THEN 1 ELSE 0 END AS is_asked
                FROM contact p
                LEFT JOIN consent k
                    ON k.workspace_id = p.workspace_id AND k.contact_id = p.id AND k.purpose = 'marketing'
                \(conditions.sql)
                ORDER BY p.updated_at DESC, p.id DESC
                LIMIT :limit
                """, conditions.arguments)
            let contacts = try rows.map { row in
                UnconfirmedContact(
                    person: try PersonSummary(row), updatedAt: try row.get("updated_at"),
                    standing: try row.get("standing"), isAsked: try row.get("is_asked"))
            }
            guard contacts.count > limit else { return ListPage(items: contacts, next: end) }
            return ListPage(fetched: contacts, limit: limit) {
                ListPosition(key: $0.updatedAt.milliseconds, id: $0.person.id.rawValue)
            }
        }
    }
}

extension SQLConnection {
    fileprivate func hasCustomers(beyond count: Int, in workspace: WorkspaceID) throws -> Bool {
        try row(
            """
            SELECT 1 AS one FROM contact WHERE workspace_id = :workspace_id AND merged_into IS NULL
            ORDER BY id LIMIT 1 OFFSET :count
            """, ["workspace_id": workspace, "count": count]) != nil
    }

    fileprivate func countCoverage(in workspace: WorkspaceID, at now: Timestamp? = nil) throws -> ConsentCoverage {
        let customers = try value(
            "SELECT COUNT(*) AS n FROM contact WHERE workspace_id = :workspace_id AND merged_into IS NULL",
            ["workspace_id": workspace], as: Int.self)
        func count(_ word: ConsentStanding.Word, isDouble: Bool) throws -> Int {
            try value(
                """
                SELECT COUNT(*) AS n FROM consent
                WHERE workspace_id = :workspace_id AND purpose = 'marketing' AND standing = :standing
                    AND is_double = :is_double
                """, ["workspace_id": workspace, "standing": word, "is_double": isDouble]) ?? 0
        }
        return ConsentCoverage(
            customers: customers ?? 0, double: try count(.granted, isDouble: true),
            single: try count(.granted, isDouble: false), withdrawn: try count(.withdrawn, isDouble: false),
            unreachable: try unreachableContacts(in: workspace), countedAt: now)
    }

    /// Where the contact stands that so many others come before.
    fileprivate func listed(
        before: ListPosition?, at offset: Int, in workspace: WorkspaceID
    ) throws -> ListPosition? {
        var conditions = SQLConditions(workspace: workspace, alias: "p")
        conditions.add("p.merged_into IS NULL")
        conditions.add(before: before, key: "p.updated_at", id: "p.id")
        conditions.set("offset", offset)
        let row = try row(
            """
            SELECT p.updated_at, p.id FROM contact p \(conditions.sql)
            ORDER BY p.updated_at DESC, p.id DESC LIMIT 1 OFFSET :offset
            """, conditions.arguments)
        return try row.map {
            ListPosition(key: try $0.get("updated_at", as: Timestamp.self).milliseconds, id: try $0.get("id"))
        }
    }
}
