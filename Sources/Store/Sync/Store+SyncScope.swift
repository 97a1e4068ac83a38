package import Domain

/// What putting back would change.
package struct SyncPutBackScope: Equatable, Sendable {
    /// Changes are counted no further than this.
    package static let most = 100_000

    package let changes: Int
    /// Of each of them one value is put back, however often it changed.
    package let fields: Int
    package let contacts: Int

    /// There are as many or more.
    package var isMore: Bool { changes >= Self.most }

    package init(changes: Int, fields: Int, contacts: Int) {
        self.changes = changes
        self.fields = fields
        self.contacts = contacts
    }
}

extension Store {
    /// What of a connection can be put back: of one contact, or of everybody in a span. What was put back already, and what
    /// people decided, is not counted.
    /// - Parameters:
    ///   - contact: nil for everybody.
    ///   - from: from this moment on, and before `to`; nil without a bound.
    package func syncPutBackScope(
        of crm: ConnectionID, contact: ContactID? = nil, from: Timestamp? = nil, to: Timestamp? = nil,
        in workspace: WorkspaceID
    ) async throws -> SyncPutBackScope {
        try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "c")
            conditions.add("c.connection_id = :connection_id", "connection_id", crm)
            conditions.add("c.put_back_at IS NULL AND c.kind IN ('taken', 'given') AND c.cause <> 'staff'")
            conditions.add("c.\(SyncChange.isOfBothSides)")
            var arguments: SQLArguments = [:]
            if let contact {
                let person = try PersonContacts.of(contact, on: connection, in: workspace)
                let list = SQLValueList("person", person?.all ?? [contact])
                conditions.add("c.contact_id IN \(list.sql)")
                arguments = list.arguments([:])
            }
            if let from { conditions.add("c.id >= :from", "from", IDGenerator.lowest(at: from)) }
            if let to { conditions.add("c.id < :to", "to", IDGenerator.lowest(at: to)) }
            let index = contact == nil ? "sync_change_connection" : "sync_change_contact"
            let row = try connection.row(
                """
                SELECT CAST(COALESCE(SUM(changes), 0) AS BIGINT) AS changes, COUNT(*) AS fields,
                    COUNT(DISTINCT contact_id) AS contacts
                FROM (
                    SELECT contact_id, remote, COUNT(*) AS changes FROM (
                        SELECT c.contact_id, c.remote FROM sync_change c \(connection.dialect.byIndex(index))
                        \(conditions.sql) ORDER BY c.id LIMIT \(SyncPutBackScope.most)
                    ) AS found
                    GROUP BY contact_id, remote
                ) AS counted
                """, conditions.arguments.and(arguments))
            guard let row else { return SyncPutBackScope(changes: 0, fields: 0, contacts: 0) }
            return SyncPutBackScope(
                changes: try row.get("changes"), fields: try row.get("fields"), contacts: try row.get("contacts"))
        }
    }
}
