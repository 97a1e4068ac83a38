package import Domain

extension Store {
    /// Contacts looked at in one reading.
    private static let window = 1000

    /// Hands over contacts that have no record in the CRM, as jobs of its lane: there they are found or made, one at a time
    /// with whatever else is done for them. Counts those that were handed over before and are done.
    /// - Parameters:
    ///   - most: contacts that are on their way at once.
    ///   - rate: contacts a second.
    package func tellCRM(
        _ backfill: Backfill, most: Int, rate: Double, grip: LaneGrip
    ) async throws -> BackfillStep {
        let (store, now) = (self, now())
        let found = try await database.read(on: .work) { connection in
            try connection.unlinked(after: backfill.cursor, of: backfill, window: Self.window)
        }
        let step = try await work(on: backfill, grip) { connection, backfill in
            guard case .connection(let crm) = grip.lane else { return BackfillStep.stopped }
            let telling = BackfillTelling(connection: connection, crm: crm, workspace: backfill.workspace)
            let open = try telling.open(among: backfill.batch)
            let ended = backfill.batch.filter { !open.contains($0) }
            var counts = backfill.counts
            let told = try telling.linked(among: ended)
            counts.told += told.count
            counts.failed += try telling.refused(among: ended.filter { !told.contains($0) })
            let room = max(0, most - open.count)
            let next = Array(found.contacts.prefix(room))
            for contact in next {
                try connection.enqueue(
                    .link(of: contact, to: crm, in: backfill.workspace), id: store.ids.next(), at: now)
            }
            let isRead = next.count == found.contacts.count
            let batch = open + next
            let cursor = isRead ? found.end?.description ?? backfill.cursor : next.last?.description ?? backfill.cursor
            let step = try connection.advance(
                backfill, counts: counts, did: ended.count, rate: rate,
                isOver: batch.isEmpty && isRead && found.isLast,
                ["cursor": cursor, "batch": try JSONText.encode(batch)], at: now)
            guard step == .wentOn else { return step }
            return next.isEmpty && (found.isLast || room == 0) ? .waits : .wentOn
        }
        return step ?? .stopped
    }

    /// How many contacts have no record there.
    package func unlinkedCount(of backfill: Backfill) async throws -> Int {
        try await database.read(on: .work) { connection in
            try connection.value(
                """
                SELECT COUNT(*) FROM contact c
                WHERE c.workspace_id = :workspace_id AND \(UnlinkedContacts.condition(of: "c"))
                """, ["workspace_id": backfill.workspace, "connection_id": backfill.connection], as: Int.self) ?? 0
        }
    }
}

/// Contacts by whom a CRM can be told of somebody it lacks.
private enum UnlinkedContacts {
    /// Who lives, can be told apart by something, and has no record.
    static func condition(of contact: String) -> String {
        """
        \(contact).merged_into IS NULL AND EXISTS (
                SELECT 1 FROM handle h
                WHERE h.workspace_id = \(contact).workspace_id AND h.contact_id = \(contact).id AND h.valid_to IS NULL
            ) AND NOT EXISTS (
                SELECT 1 FROM remote_ref r
                WHERE r.workspace_id = \(contact).workspace_id AND r.connection_id = :connection_id
                    AND r.entity = 'contact' AND r.local_id = \(contact).id
            )
        """
    }
}

/// What became of contacts that were handed over, inside one transaction.
private struct BackfillTelling {
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID

    /// Those whose job is still to be done. One that waits behind a dead letter of the contact's counts as ended: nobody
    /// knows how long that takes.
    func open(among contacts: [ContactID]) throws -> [ContactID] {
        let found = try jobs(
            of: contacts,
            """
            j.state IN ('available', 'running', 'sending') AND NOT EXISTS (
                SELECT 1 FROM job e
                WHERE e.lane = j.lane AND e.ordering_key = j.ordering_key AND e.id < j.id AND e.holds = 1
            )
            """)
        return contacts.filter(found.contains)
    }

    /// Those that the CRM did not take.
    func refused(among contacts: [ContactID]) throws -> Int {
        try jobs(of: contacts, "j.state IN ('available', 'discarded')").count
    }

    func linked(among contacts: [ContactID]) throws -> Set<ContactID> {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        let rows = try connection.rows(
            """
            SELECT local_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id IN \(list.sql)
            """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
        return Set(try rows.map { try $0.get("local_id") })
    }

    private func jobs(of contacts: [ContactID], _ condition: String) throws -> Set<ContactID> {
        guard !contacts.isEmpty else { return [] }
        let list = SQLValueList("contact", contacts)
        let rows = try connection.rows(
            """
            SELECT j.subject_id FROM job j
            WHERE j.workspace_id = :workspace_id AND j.subject_id IN \(list.sql) AND j.lane = :lane
                AND j.kind = :kind AND j.payload = :payload AND \(condition)
            """,
            list.arguments([
                "workspace_id": workspace, "lane": Lane.connection(crm), "kind": JobKind.upsertContact,
                "payload": NewJob.findingPayload,
            ]))
        return Set(try rows.map { try $0.get("subject_id") })
    }
}

extension NewJob {
    /// A contact's job that has no record to bring it to: it is found or made.
    static let findingPayload = #"{"find":true}"#

    fileprivate static func link(of contact: ContactID, to crm: ConnectionID, in workspace: WorkspaceID) -> NewJob {
        NewJob(
            kind: .upsertContact, workspace: workspace, lane: .connection(crm), orderingKey: contact.rawValue,
            subject: contact.rawValue, dedupKey: "link:\(crm):\(contact)", payload: findingPayload)
    }
}

extension SQLConnection {
    /// The next of those whom the CRM lacks.
    /// - Parameter window: contacts looked at.
    /// - Returns: also the last one looked at, and whether there are no more.
    fileprivate func unlinked(
        after cursor: String?, of backfill: Backfill, window: Int
    ) throws -> (contacts: [ContactID], end: ContactID?, isLast: Bool) {
        let scope: SQLArguments = [
            "workspace_id": backfill.workspace, "connection_id": backfill.connection,
            "after": cursor.flatMap(ContactID.init)?.rawValue ?? 0, "window": window,
        ]
        let rows = try rows(
            """
            SELECT w.id, CASE WHEN \(UnlinkedContacts.condition(of: "w")) THEN 1 ELSE 0 END AS lacks
            FROM (
                SELECT id, workspace_id, merged_into FROM contact
                WHERE workspace_id = :workspace_id AND id > :after AND merged_into IS NULL
                ORDER BY id LIMIT :window
            ) AS w
            ORDER BY w.id
            """, scope)
        let looked = try rows.map {
            (id: try $0.get("id", as: ContactID.self), lacks: try $0.get("lacks", as: Bool.self))
        }
        return (looked.filter(\.lacks).map(\.id), looked.last?.id, looked.count < window)
    }
}
