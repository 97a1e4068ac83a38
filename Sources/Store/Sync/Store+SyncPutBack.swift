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
                try await putBack(turn, isOfMany: false) { connection in
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
        return try await putBack(turn, isOfMany: true) { connection in
            guard let person = try PersonContacts.of(contact, on: connection, in: turn.workspace) else {
                throw PuenteError.noContact
            }
            return try connection.syncChanges(
                """
                contact_id IN \(person.list.sql) AND connection_id = :connection_id AND cause <> 'staff'
                    AND \(SyncChange.isOfBothSides)
                """,
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
            let now = now()
            let store = self
            let step = try await database.write(on: .work) { connection in
                let slice = try connection.putBackSlice(of: crm, span, after: place, in: turn.workspace)
                return (report: try store.putBack(slice, of: crm, turn, connection, at: now), last: slice.next)
            }
            report.add(step.report)
            after = step.last
            guard await progress(report) else { break }
        }
        return report
    }

    /// Puts a slice back, inside a transaction.
    func putBack(
        _ slice: SyncPutBackSlice, of crm: ConnectionID, _ turn: SyncPutBackTurn, _ connection: any SQLConnection,
        at now: Timestamp
    ) throws -> SyncPutBackReport {
        guard !slice.isEmpty else { return SyncPutBackReport() }
        let people = SQLValueList("contact", slice.contacts)
        let changes = try connection.syncChanges(
            """
            contact_id IN \(people.sql) AND connection_id = :connection_id AND id >= :from AND id < :to
                AND cause <> 'staff' AND \(SyncChange.isOfBothSides)
            """,
            people.arguments([
                "workspace_id": turn.workspace, "connection_id": crm, "from": slice.span.lowerBound,
                "to": slice.span.upperBound,
            ])
        ).fields(firstOpenIn: slice.ids)
        return try puttingBack(turn, isOfMany: true, connection, at: now).putBack(changes)
    }

    private func putBack(
        _ turn: SyncPutBackTurn, isOfMany: Bool,
        _ changes: @escaping @Sendable (any SQLConnection) throws -> [SyncChange]
    ) async throws -> SyncPutBackReport {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            try store.puttingBack(turn, isOfMany: isOfMany, connection, at: now).putBack(try changes(connection))
        }
    }

    private func puttingBack(
        _ turn: SyncPutBackTurn, isOfMany: Bool, _ connection: any SQLConnection, at now: Timestamp
    ) -> SyncPuttingBack {
        SyncPuttingBack(
            deciding: SyncDeciding(
                store: self, connection: connection, workspace: turn.workspace, context: turn.context,
                actor: turn.actor, writable: turn.writable, now: now), isOfMany: isOfMany)
    }
}

/// The next changes of a span that can be put back.
struct SyncPutBackSlice {
    /// Ids of the span's changes.
    let span: Range<Int64>
    /// Those of this slice are among these; of the fields that are put back with it the first is.
    let ids: ClosedRange<Int64>
    let contacts: [ContactID]
    /// Behind which change the next slice begins; nil at the end.
    let next: Int64?

    var isEmpty: Bool { contacts.isEmpty }
}

extension SQLConnection {
    /// - Parameter after: the last change that was looked at.
    func putBackSlice(
        of crm: ConnectionID, _ span: Range<Int64>, after: Int64, limit: Int = 200, in workspace: WorkspaceID
    ) throws -> SyncPutBackSlice {
        let open = try rows(
            """
            SELECT id, contact_id FROM sync_change
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND id > :after AND id < :to
                AND put_back_at IS NULL AND kind IN ('taken', 'given') AND cause <> 'staff' AND \(SyncChange.isOfBothSides)
            ORDER BY id LIMIT :limit
            """,
            [
                "workspace_id": workspace, "connection_id": crm, "after": after, "to": span.upperBound,
                "limit": limit,
            ])
        let contacts = Set(try open.map { try $0.get("contact_id", as: ContactID.self) }).sorted()
        let last: Int64 = try open.last?.get("id") ?? after + 1
        return SyncPutBackSlice(
            span: span, ids: (after + 1)...last, contacts: contacts, next: open.count < limit ? nil : last)
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
