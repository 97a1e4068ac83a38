package import Domain

/// Who puts back, and what they need for it.
package struct SyncPutBackTurn: Sendable {
    package let actor: String
    package let workspace: WorkspaceID
    package let context: SyncContext
    /// The CRM's fields that can be written; nil where nobody knows.
    package let writable: Set<String>?

    package init(by actor: String, in workspace: WorkspaceID, context: SyncContext, writable: Set<String>? = nil) {
        self.actor = actor
        self.workspace = workspace
        self.context = context
        self.writable = writable
    }
}

extension Store {
    /// Rows of changes that one contact may have.
    private static let mostOfContact = 5000

    /// Puts single changes back: the value before is here again at once, and in the CRM as soon as a contact job has
    /// written it there.
    /// - Parameter crm: changes of other connections are left alone; nil: of whichever they are.
    package func putBack(
        _ changes: [SyncChangeID], of crm: ConnectionID? = nil, _ turn: SyncPutBackTurn
    ) async throws -> SyncPutBackReport {
        var report = SyncPutBackReport()
        for part in changes.parts(of: 200) {
            report.add(
                try await putBack(turn) { connection in
                    let list = SQLValueList("id", part)
                    return try connection.syncChanges(
                        "id IN \(list.sql)", list.arguments(["workspace_id": turn.workspace])
                    ).filter { crm == nil || $0.connection == crm }
                })
        }
        return report
    }

    /// Puts back everything that a connection changed of a contact, to what there was before the first of it.
    package func putBack(
        _ contact: ContactID, of crm: ConnectionID, _ turn: SyncPutBackTurn
    ) async throws -> SyncPutBackReport {
        let most = Self.mostOfContact
        return try await putBack(turn) { connection in
            guard let person = try PersonContacts.of(contact, on: connection, in: turn.workspace) else {
                throw PuenteError.noContact
            }
            return try connection.syncChanges(
                "contact_id IN \(person.list.sql) AND connection_id = :connection_id AND cause <> 'staff'",
                person.list.arguments(["workspace_id": turn.workspace, "connection_id": crm]), limit: most)
        }
    }

    /// Puts back everything that a connection changed in a span, on both sides: each field to what it said before the first
    /// change in it. Goes on where it was when it is called again for the same span: what is put back already is passed.
    /// - Parameters:
    ///   - from: from this moment on, and before `to`; what happens after this was called is not in it.
    ///   - progress: after each slice of 200 changes, with what was done so far; false ends it early.
    package func putBack(
        of crm: ConnectionID, from: Timestamp, to: Timestamp, _ turn: SyncPutBackTurn,
        progress: @Sendable (SyncPutBackReport) async -> Bool = { _ in true }
    ) async throws -> SyncPutBackReport {
        var report = SyncPutBackReport()
        let span =
            IDGenerator.lowest(at: from)..<max(IDGenerator.lowest(at: from), IDGenerator.lowest(at: min(to, now())))
        var after: Int64? = span.lowerBound - 1
        while let place = after {
            let step = try await putBackSlice(of: crm, span, after: place, turn)
            report.add(step.report)
            after = step.last
            guard await progress(report) else { break }
        }
        return report
    }

    /// - Returns: the last change that was looked at; nil at the end.
    private func putBackSlice(
        of crm: ConnectionID, _ span: Range<Int64>, after: Int64, limit: Int = 200, _ turn: SyncPutBackTurn
    ) async throws -> (report: SyncPutBackReport, last: Int64?) {
        let arguments: SQLArguments = ["workspace_id": turn.workspace, "connection_id": crm, "to": span.upperBound]
        let open = try await database.read(on: .work) { connection in
            try connection.rows(
                """
                SELECT id, contact_id FROM sync_change
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND id > :after AND id < :to
                    AND put_back_at IS NULL AND kind IN ('taken', 'given') AND cause <> 'staff'
                ORDER BY id LIMIT :limit
                """, arguments.and(["after": after, "limit": limit]))
        }
        guard let last: Int64 = try open.last?.get("id") else { return (SyncPutBackReport(), nil) }
        let people = SQLValueList(
            "contact", Set(try open.map { try $0.get("contact_id", as: ContactID.self) }).sorted())
        let report = try await putBack(turn) { connection in
            try connection.syncChanges(
                """
                contact_id IN \(people.sql) AND connection_id = :connection_id AND id >= :from AND id < :to
                    AND cause <> 'staff'
                """, people.arguments(arguments.and(["from": span.lowerBound]))
            ).fields(firstOpenIn: (after + 1)...last)
        }
        return (report, open.count < limit ? nil : last)
    }

    private func putBack(
        _ turn: SyncPutBackTurn, _ changes: @escaping @Sendable (any SQLConnection) throws -> [SyncChange]
    ) async throws -> SyncPutBackReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let deciding = SyncDeciding(
                store: store, connection: connection, workspace: turn.workspace, context: turn.context,
                actor: turn.actor, writable: turn.writable, now: now)
            return try SyncPuttingBack(deciding: deciding).putBack(try changes(connection))
        }
    }
}

extension [SyncChange] {
    /// All changes of those fields of which the first that was not put back yet is one of these: what was refused before is
    /// not asked for again.
    fileprivate func fields(firstOpenIn ids: ClosedRange<Int64>) -> [SyncChange] {
        Dictionary(grouping: self) { [$0.contact.description, $0.remote] }.values.flatMap { changes -> [SyncChange] in
            let first = changes.filter { $0.putBackAt == nil && $0.kind.hasReplaced }.map(\.id.rawValue).min()
            return first.map(ids.contains) == true ? changes : []
        }
    }
}

extension SQLConnection {
    /// - Parameter condition: beside that on the workspace.
    fileprivate func syncChanges(
        _ condition: String, _ arguments: SQLArguments, limit: Int = 20_000
    ) throws -> [SyncChange] {
        try rows(
            """
            SELECT \(SyncChange.columns) FROM sync_change
            WHERE workspace_id = :workspace_id AND \(condition) ORDER BY id LIMIT \(limit)
            """, arguments
        ).map(SyncChange.init)
    }
}
