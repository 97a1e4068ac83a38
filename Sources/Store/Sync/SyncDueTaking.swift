package import Domain

/// Contacts of whom a connection is to be told something.
package struct SyncDue: Equatable, Sendable {
    package var contacts: [ContactID] = []
    /// Behind which note the next look for those begins whom only a message moved; 0: at the first.
    package var place: Int64 = 0
}

/// Looks for them, without holding anybody up.
struct SyncDueSearch {
    /// As often as a contact's record hears of messages alone.
    private static let pause: Duration = .minutes(5)
    /// Notes of messages alone that are looked at in one turn: most wait for their five minutes to be over.
    private static let slice = 1000

    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let now: Timestamp

    private var scope: SQLArguments { ["workspace_id": workspace, "connection_id": crm] }

    func find(_ limit: Int, behind place: Int64) throws -> SyncDue {
        var due = SyncDue(contacts: try changed(limit), place: place)
        guard due.contacts.count < limit else { return due }
        let notes = try restless(behind: place)
        let recent = now - Self.pause
        due.place = notes.count < Self.slice ? 0 : notes.last?.id ?? 0
        for note in notes where note.toldAt.map({ $0 <= recent }) ?? true {
            due.contacts.append(note.contact)
            guard due.contacts.count < limit else {
                due.place = note.id
                break
            }
        }
        return due
    }

    private func changed(_ limit: Int) throws -> [ContactID] {
        try connection.rows(
            """
            SELECT contact_id FROM sync_due
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND is_restless = 0
            ORDER BY id LIMIT :limit
            """, scope.and(["limit": limit])
        ).map { try $0.get("contact_id") }
    }

    private func restless(behind place: Int64) throws -> [(id: Int64, contact: ContactID, toldAt: Timestamp?)] {
        try connection.rows(
            """
            SELECT d.id, d.contact_id, s.told_at FROM (
                SELECT id, workspace_id, contact_id, connection_id FROM sync_due
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND is_restless = 1 AND id > :place
                ORDER BY id LIMIT \(Self.slice)
            ) AS d
            LEFT JOIN sync_state s
                ON s.workspace_id = d.workspace_id AND s.contact_id = d.contact_id AND s.connection_id = d.connection_id
            ORDER BY d.id
            """, scope.and(["place": place])
        ).map { (try $0.get("id"), try $0.get("contact_id"), try $0.get("told_at")) }
    }
}

/// Makes jobs of them, inside one transaction.
struct SyncDueTaking {
    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let now: Timestamp

    private var scope: SQLArguments { ["workspace_id": workspace, "connection_id": crm] }

    /// - Returns: those of them that are still due.
    func take(_ found: [ContactID]) throws -> [ContactID] {
        var taken: [ContactID] = []
        for part in Set(found).sorted().parts(of: 500) {
            let list = SQLValueList("contact", part)
            let condition = """
                workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                """
            let arguments = list.arguments(scope)
            taken += try connection.rows("SELECT DISTINCT contact_id FROM sync_due WHERE \(condition)", arguments)
                .map { try $0.get("contact_id") }
            try connection.execute("DELETE FROM sync_due WHERE \(condition)", arguments)
        }
        taken.sort()
        try noteTold(taken)
        try connection.enqueueUpserts(of: taken.map { ($0, crm) }, in: workspace, store: store, at: now)
        return taken
    }

    /// What is told now is told with everything that does not rest.
    private func noteTold(_ contacts: [ContactID]) throws {
        try connection.executeMany(
            """
            INSERT INTO sync_state (workspace_id, contact_id, connection_id, told_at)
            VALUES (:workspace_id, :contact_id, :connection_id, :now)
            ON CONFLICT (workspace_id, contact_id, connection_id) DO UPDATE SET told_at = excluded.told_at
            """, contacts.map { scope.and(["contact_id": $0, "now": now]) })
    }
}

extension SQLConnection {
    /// A contact job for each contact and CRM, unless one waits already.
    func enqueueUpserts(
        of contacts: [(contact: ContactID, crm: ConnectionID)], in workspace: WorkspaceID, store: Store,
        at now: Timestamp
    ) throws {
        try executeMany(
            """
            INSERT INTO job
                (id, workspace_id, kind, lane, ordering_key, state, due_at, subject_id, dedup_key, payload, created_at,
                 changed_at)
            VALUES
                (:id, :workspace_id, :kind, :lane, :ordering_key, 'available', :now, :subject_id, :dedup_key, :payload,
                 :now, :now)
            ON CONFLICT DO NOTHING
            """,
            contacts.map { contact, crm in
                let job = NewJob.upsert(of: contact, to: crm, in: workspace)
                return [
                    "id": store.ids.next(JobRow.self), "workspace_id": workspace, "kind": job.kind, "lane": job.lane,
                    "ordering_key": job.orderingKey, "subject_id": job.subject, "dedup_key": job.dedupKey,
                    "payload": job.payload, "now": now,
                ]
            })
    }

    /// As ``tellCRMs(of:in:store:at:)`` for those that have no mapping; the others hear by what triggers note.
    func tellOtherCRMs(
        of contacts: [ContactID], but crm: ConnectionID?, in workspace: WorkspaceID, store: Store, at now: Timestamp
    ) throws {
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try rows(
                """
                SELECT r.local_id, r.connection_id FROM connection k CROSS JOIN remote_ref r
                WHERE k.workspace_id = :workspace_id AND k.state <> 'disabled' AND k.id <> :crm
                    AND NOT EXISTS (
                        SELECT 1 FROM mapping m WHERE m.workspace_id = k.workspace_id AND m.connection_id = k.id
                    )
                    AND r.workspace_id = k.workspace_id AND r.connection_id = k.id AND r.entity = 'contact'
                    AND r.local_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace, "crm": crm ?? ConnectionID(rawValue: 0)]))
            try enqueueUpserts(
                of: try rows.map { (try $0.get("local_id"), try $0.get("connection_id")) }, in: workspace,
                store: store, at: now)
        }
    }
}
