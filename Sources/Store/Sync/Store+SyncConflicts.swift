package import Domain

/// How many were settled, and what was left as it was.
package struct SyncResolution: Equatable, Sendable {
    package internal(set) var resolved = 0
    package internal(set) var refused: [SyncConflictID: SyncRefusal] = [:]

    /// After some of those that were refused were tried again.
    package func retried(_ conflicts: [SyncConflictID], _ later: SyncResolution) -> SyncResolution {
        var both = self
        for conflict in conflicts { both.refused[conflict] = nil }
        both.resolved += later.resolved
        both.refused.merge(later.refused) { $1 }
        return both
    }
}

extension Store {
    /// Conflicts, the newest first.
    package func syncConflicts(
        of crm: ConnectionID? = nil, contact: ContactID? = nil, before: ListPosition? = nil,
        limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<SyncConflict> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "c")
            if let crm { conditions.add("c.connection_id = :connection_id", "connection_id", crm) }
            if let contact { conditions.add(person: contact, "c.contact_id") }
            conditions.add(before: before, id: "c.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(SyncConflict.columns) FROM sync_conflict c
                \(conditions.sql) ORDER BY c.id DESC LIMIT :limit
                """, conditions.arguments)
            return ListPage(fetched: try rows.map(SyncConflict.init), limit: limit) {
                ListPosition(id: $0.id.rawValue)
            }
        }
    }

    package func countSyncConflicts(
        of crm: ConnectionID? = nil, in workspace: WorkspaceID
    ) async throws -> ListCount {
        try await database.read(on: .console) { try $0.countSyncConflicts(of: crm, in: workspace) }
    }

    /// Settles conflicts as a person chose: both sides are to say it, whatever the mapping's direction. A contact job brings
    /// it about; what then cannot be done is a conflict again.
    /// - Parameters:
    ///   - crm: conflicts of other connections are left alone; nil: of whichever they are.
    ///   - writable: the CRM's fields that can be written; nil where nobody knows.
    /// - Returns: those that cannot be settled so are named with the reason; one that is not there any more is not.
    @discardableResult
    package func resolve(
        _ conflicts: [SyncConflictID], of crm: ConnectionID? = nil, choosing choice: SyncChoice,
        writable: Set<String>? = nil, context: SyncContext, by actor: String, in workspace: WorkspaceID
    ) async throws -> SyncResolution {
        let now = now()
        let store = self
        var total = SyncResolution()
        for part in conflicts.parts(of: 200) {
            let step = try await database.write(on: .work) { connection in
                try SyncDeciding(
                    store: store, connection: connection, workspace: workspace, context: context, actor: actor,
                    writable: writable, now: now
                ).resolve(part, of: crm, choice)
            }
            total.resolved += step.resolved
            total.refused.merge(step.refused) { $1 }
        }
        return total
    }

    /// Settles all conflicts of a connection that there are now.
    /// - Parameter goesOn: asked between slices of 200; false ends it early.
    @discardableResult
    package func resolveAll(
        of crm: ConnectionID, choosing choice: SyncChoice, writable: Set<String>? = nil, context: SyncContext,
        by actor: String, in workspace: WorkspaceID, while goesOn: @Sendable () async -> Bool = { true }
    ) async throws -> SyncResolution {
        var total = SyncResolution()
        var before: ListPosition?
        while true {
            let page = try await syncConflicts(of: crm, before: before, limit: 200, in: workspace)
            let step = try await resolve(
                page.items.map(\.id), of: crm, choosing: choice, writable: writable, context: context, by: actor,
                in: workspace)
            total.resolved += step.resolved
            total.refused.merge(step.refused) { $1 }
            before = page.next
            guard before != nil, await goesOn() else { return total }
        }
    }
}

extension SQLConnection {
    func countSyncConflicts(of crm: ConnectionID?, in workspace: WorkspaceID) throws -> ListCount {
        guard let crm else {
            return try count("FROM sync_conflict WHERE workspace_id = :workspace_id", ["workspace_id": workspace])
        }
        return try count(
            "FROM sync_conflict WHERE workspace_id = :workspace_id AND connection_id = :connection_id",
            ["workspace_id": workspace, "connection_id": crm])
    }
}
