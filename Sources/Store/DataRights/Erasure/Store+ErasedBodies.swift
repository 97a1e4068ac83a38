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
    /// The last one that was looked at, whatever it holds; nil at the end of the log.
    package let last: IntakeID?
}

extension Store {
    /// Looks through the next raw webhooks that were taken in before the erasure, and understood since. Those of later are
    /// news: whoever writes again by themself is a new contact.
    package func bodies(
        naming erasure: OpenErasure, after place: IntakeID, limit: Int = 500
    ) async throws
        -> NamingBodies
    {
        try await database.read(on: .work) { connection in
            let last = try connection.value(
                """
                SELECT MAX(id) AS last FROM (
                    SELECT id FROM intake WHERE id > :after AND id < :before ORDER BY id LIMIT :limit
                ) AS stretch
                """, ["after": place, "before": erasure.id, "limit": limit], as: IntakeID?.self)
            guard let last = last.flatMap(\.self) else { return NamingBodies(bodies: [], last: nil) }
            var arguments: SQLArguments = ["after": place, "last": last]
            let conditions = erasure.traces.identifiers.enumerated().map { index, identifier in
                arguments.set("trace\(index)", Array(identifier.utf8))
                return connection.dialect.contains("body", ":trace\(index)")
            }
            guard !conditions.isEmpty else { return NamingBodies(bodies: [], last: last) }
            let rows = try connection.rows(
                """
                SELECT id, body FROM intake
                WHERE id > :after AND id <= :last AND state IN ('interpreted', 'quarantined')
                    AND (\(conditions.joined(separator: " OR ")))
                ORDER BY id
                """, arguments)
            return NamingBodies(
                bodies: try rows.map { .init(id: try $0.get("id"), bytes: try $0.get("body")) }, last: last)
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
