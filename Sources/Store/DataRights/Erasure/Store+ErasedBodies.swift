package import Domain

/// Raw webhooks that name a person who is erased, out of a stretch of the intake log.
package struct NamingBodies: Sendable {
    package struct Body: Sendable {
        package let id: IntakeID
        package let bytes: [UInt8]

        package init(id: IntakeID, bytes: [UInt8]) {
            self.id = id
            self.bytes = bytes
        }
    }

    package let bodies: [Body]
    /// The last one that was looked at, whatever it holds; nil when there is none to look at now.
    package let last: IntakeID?
    /// Whether all were looked at that may name the person. While one of them waits to be understood, or may still be on
    /// its way into the log, it is not.
    package let isEnd: Bool
}

extension Store {
    /// A body's id is made before it is committed, and whoever waits for that longer is told no.
    package static let bodyPatience: Duration = .seconds(10)

    /// Looks through the next raw webhooks that were taken in before the erasure, and understood since. Those of later are
    /// news: whoever writes again by themself is a new contact.
    /// - Parameter patience: for bodies that have an id and are not in the log yet.
    package func bodies(
        naming erasure: OpenErasure, after place: IntakeID, limit: Int = 500, patience: Duration = bodyPatience
    ) async throws -> NamingBodies {
        let settled = IDGenerator.lowest(at: now() - patience + .milliseconds(1))
        return try await database.read(on: .work) { connection in
            let pending = try connection.oldestPendingBody(after: place)
            let end = min(erasure.lastBody.rawValue, settled, pending?.rawValue ?? .max)
            let last = try connection.value(
                """
                SELECT MAX(id) AS last FROM (
                    SELECT id FROM intake WHERE id > :after AND id < :before ORDER BY id LIMIT :limit
                ) AS stretch
                """, ["after": place, "before": end, "limit": limit], as: IntakeID?.self)
            guard let last = last.flatMap(\.self) else {
                return NamingBodies(bodies: [], last: nil, isEnd: end >= erasure.lastBody.rawValue)
            }
            return NamingBodies(
                bodies: try connection.bodies(naming: erasure.traces, after: place, upTo: last), last: last,
                isEnd: false)
        }
    }

    /// Puts what is left of raw webhooks in their places, and notes how far the log was looked through.
    package func replace(
        _ bodies: [NamingBodies.Body], upTo place: IntakeID, of erasure: OpenErasure
    ) async throws {
        try await database.write(on: .work) { connection in
            try connection.overwritingDeleted {
                try connection.executeMany(
                    "UPDATE intake SET body = :body WHERE id = :id AND state IN ('interpreted', 'quarantined')",
                    bodies.map { ["body": $0.bytes, "id": $0.id] })
            }
            try connection.execute(
                "UPDATE erasure SET place = :place WHERE workspace_id = :workspace_id AND id = :id",
                ["place": place, "workspace_id": erasure.workspace, "id": erasure.id])
            var counts = ErasureCounts()
            counts.add(.bodies, bodies.count)
            try connection.add(counts, to: erasure.id, in: erasure.workspace)
        }
    }

    /// What was deleted is not left in SQLite's write-ahead log either.
    package func emptyLog() async throws {
        try await database.emptyLog()
    }
}

extension SQLConnection {
    /// Of those that nobody has understood yet.
    fileprivate func oldestPendingBody(after place: IntakeID) throws -> IntakeID? {
        // A question for each queue: so their index finds it at once.
        try [0, 1].compactMap { isBulk in
            try value(
                """
                SELECT id FROM intake
                WHERE is_bulk = :is_bulk AND state IN ('waiting', 'claimed') AND id > :after
                ORDER BY id LIMIT 1
                """, ["is_bulk": isBulk, "after": place], as: IntakeID.self)
        }.min()
    }

    fileprivate func bodies(
        naming traces: PersonTraces, after place: IntakeID, upTo last: IntakeID
    ) throws -> [NamingBodies.Body] {
        var arguments: SQLArguments = ["after": place, "last": last]
        let conditions = traces.identifiers.enumerated().map { index, identifier in
            arguments.set("trace\(index)", Array(identifier.utf8))
            return dialect.contains("body", ":trace\(index)")
        }
        guard !conditions.isEmpty else { return [] }
        return try rows(
            """
            SELECT id, body FROM intake
            WHERE id > :after AND id <= :last AND state IN ('interpreted', 'quarantined')
                AND (\(conditions.joined(separator: " OR ")))
            ORDER BY id
            """, arguments
        ).map { .init(id: try $0.get("id"), bytes: try $0.get("body")) }
    }
}
