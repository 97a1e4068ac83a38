import Domain

/// Makes jobs of what triggers noted, inside one transaction.
struct SyncDueTaking {
    /// As often as a contact's record hears of messages alone.
    private static let pause: Duration = .minutes(5)

    let store: Store
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID
    let now: Timestamp

    private var scope: SQLArguments { ["workspace_id": workspace, "connection_id": crm] }

    func take(_ limit: Int) throws -> [ContactID] {
        let changed = try contacts("d.is_restless = 0", limit: limit)
        let restless =
            changed.count < limit
            ? try contacts(
                """
                d.is_restless = 1 AND NOT EXISTS (
                    SELECT 1 FROM sync_state s
                    WHERE s.workspace_id = d.workspace_id AND s.contact_id = d.contact_id
                        AND s.connection_id = d.connection_id AND s.told_at > :recent
                )
                """, scope.and(["recent": now - Self.pause]), limit: limit - changed.count) : []
        let contacts = Set(changed).union(restless).sorted()
        guard !contacts.isEmpty else { return [] }
        try noteTold(contacts)
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            try connection.execute(
                """
                DELETE FROM sync_due
                WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                """, list.arguments(scope))
        }
        try connection.enqueueUpserts(of: contacts.map { ($0, crm) }, in: workspace, store: store, at: now)
        return contacts
    }

    private func contacts(_ condition: String, _ arguments: SQLArguments? = nil, limit: Int) throws -> [ContactID] {
        let rows = try connection.rows(
            """
            SELECT d.contact_id FROM sync_due d
            WHERE d.workspace_id = :workspace_id AND d.connection_id = :connection_id AND \(condition)
            ORDER BY d.id LIMIT :limit
            """, (arguments ?? scope).and(["limit": limit]))
        return try rows.map { try $0.get("contact_id") }
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
