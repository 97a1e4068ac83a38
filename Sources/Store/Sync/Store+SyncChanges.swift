package import Domain

/// Which changes a list shows.
package struct SyncChangeQuery: Sendable {
    package var connection: ConnectionID?
    /// Also what is known of those who were merged into them.
    package var contact: ContactID?
    package var local: LocalField?
    package var kinds: Set<SyncChange.Kind>
    /// Without what moves with every message, unless ``local`` asks for that.
    package var isQuiet: Bool
    /// From this moment on, and before that one.
    package var from: Timestamp?
    package var to: Timestamp?
    package var before: ListPosition?
    package var limit: Int

    package init(
        connection: ConnectionID? = nil, contact: ContactID? = nil, local: LocalField? = nil,
        kinds: Set<SyncChange.Kind> = [], isQuiet: Bool = false, from: Timestamp? = nil, to: Timestamp? = nil,
        before: ListPosition? = nil, limit: Int = ListLimit.usual
    ) {
        self.connection = connection
        self.contact = contact
        self.local = local
        self.kinds = kinds
        self.isQuiet = isQuiet
        self.from = from
        self.to = to
        self.before = before
        self.limit = limit
    }
}

/// A field of ours and one of a CRM's, as the log names them.
package struct SyncFieldPair: Hashable, Sendable {
    package let local: LocalField
    package let remote: String
}

extension SyncChange {
    package var fields: SyncFieldPair { SyncFieldPair(local: local, remote: remote) }
}

extension Store {
    /// What a connection only tells its CRM: nobody puts that back there, it would be told anew.
    package func toldFields(of crm: ConnectionID, in workspace: WorkspaceID) async throws -> Set<SyncFieldPair> {
        try await database.read(on: .console) { connection in
            guard let kept = try connection.mapping(of: crm, in: workspace) else { return [] }
            let vocabulary = try SyncVocabulary(connection, in: workspace)
            let rows = kept.mapping.rows.filter { $0.isOn && !$0.direction.takesTheirs }
            return Set(
                rows.compactMap(vocabulary.resolved).map { SyncFieldPair(local: $0.local, remote: $0.remote) })
        }
    }

    /// What went from one side to the other, the newest first.
    package func syncChanges(
        _ query: SyncChangeQuery, in workspace: WorkspaceID
    ) async throws -> ListPage<SyncChange> {
        let limit = ListLimit.clamped(query.limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "c")
            var arguments: SQLArguments = [:]
            if let crm = query.connection { conditions.add("c.connection_id = :connection_id", "connection_id", crm) }
            if let contact = query.contact {
                let person = try PersonContacts.of(contact, on: connection, in: workspace)
                let list = SQLValueList("person", person?.all ?? [contact])
                conditions.add("c.contact_id IN \(list.sql)")
                arguments = list.arguments([:])
            }
            if let local = query.local { conditions.add("c.local = :local", "local", local) }
            if !query.kinds.isEmpty {
                let list = SQLValueList("kind", query.kinds.sorted { $0.rawValue < $1.rawValue })
                conditions.add("c.kind IN \(list.sql)")
                arguments = list.arguments(arguments)
            }
            if query.isQuiet, query.local == nil {
                let list = SQLValueList("restless", LocalField.restless)
                conditions.add("c.local NOT IN \(list.sql)")
                arguments = list.arguments(arguments)
            }
            if let from = query.from { conditions.add("c.id >= :from", "from", IDGenerator.lowest(at: from)) }
            if let to = query.to { conditions.add("c.id < :to", "to", IDGenerator.lowest(at: to)) }
            conditions.add(before: query.before, id: "c.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(SyncChange.columns) FROM sync_change c \(connection.dialect.byIndex(query.index))
                \(conditions.sql) ORDER BY c.id DESC LIMIT :limit
                """, conditions.arguments.and(arguments))
            return ListPage(fetched: try rows.map(SyncChange.init), limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }
}

extension SyncChangeQuery {
    /// By which the rows are found; of a person there are fewest.
    fileprivate var index: String {
        if contact != nil { return "sync_change_contact" }
        return connection == nil ? "sync_change_recent" : "sync_change_connection"
    }
}
