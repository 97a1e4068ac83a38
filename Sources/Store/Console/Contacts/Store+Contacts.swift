package import Domain

extension Store {
    /// Contacts, the last changed first.
    /// - Parameter search: words of names, numbers, e-mail addresses, user names and labels; all of them must be found.
    package func contacts(
        search: String = "", before: ListPosition? = nil, limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<ContactSummary> {
        try await contacts(ContactQuery(search: search, after: before, limit: limit), in: workspace).page
    }

    /// - Parameter isCounted: whether the page says how many there are in all.
    package func contacts(
        _ query: ContactQuery, isCounted: Bool = false, in workspace: WorkspaceID
    ) async throws -> ContactList {
        let clock = segmentClock
        return try await database.read(on: .console) { connection in
            let finder = try ContactFinder(query, on: connection, in: workspace, clock)
            let found = try finder.find()
            return ContactList(
                page: found.page.with(try connection.contactSummaries(found.page.items, in: workspace)),
                count: isCounted ? try finder.count(beside: found) : nil)
        }
    }

    /// The contact of this id, or the one that it was merged into. Nil when there is none.
    package func contact(_ id: ContactID, in workspace: WorkspaceID) async throws -> ContactDetail? {
        try await database.read(on: .console) { connection in
            try connection.contact(try connection.living(id, in: workspace), in: workspace)
        }
    }

    /// Whose a number is now.
    /// - Parameter phone: canonical: digits, the same for all writings that reach one WhatsApp account.
    package func contact(withPhone phone: String, in workspace: WorkspaceID) async throws -> ContactID? {
        try await database.read(on: .console) { connection in
            try connection.value(
                """
                SELECT contact_id FROM handle
                WHERE workspace_id = :workspace_id AND kind = 'phone' AND scope = '' AND value = :value
                    AND valid_to IS NULL
                """, ["workspace_id": workspace, "value": phone], as: ContactID.self)
        }
    }
}

extension SQLConnection {
    func contact(_ id: ContactID, in workspace: WorkspaceID) throws -> ContactDetail? {
        let row = try row(
            """
            SELECT \(PersonSummary.columns), p.language, p.note, p.created_at, p.updated_at FROM contact p
            WHERE p.workspace_id = :workspace_id AND p.id = :id
            """, ["workspace_id": workspace, "id": id])
        return try row.map { row in
            ContactDetail(
                person: try PersonSummary(row), language: try row.get("language"), note: try row.get("note"),
                handles: try handles(of: id, in: workspace), remoteRefs: try remoteRefs(of: id, in: workspace),
                createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
        }
    }

    fileprivate func handles(of contact: ContactID, in workspace: WorkspaceID) throws -> [ContactDetail.Handle] {
        try rows(
            """
            SELECT id, kind, scope, address, valid_from, valid_to, evidence, \(UnreachableNumber.list) FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id
            ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END,
                CASE kind WHEN 'phone' THEN 0 WHEN 'email' THEN 1 ELSE 2 END, valid_from DESC, id DESC
            LIMIT 200
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map(ContactDetail.Handle.init)
    }

    /// CROSS JOIN keeps the order: the refs are found by connection and contact.
    fileprivate func remoteRefs(
        of contact: ContactID, in workspace: WorkspaceID
    ) throws -> [ContactDetail.RemoteRef] {
        try rows(
            """
            SELECT r.connection_id, k.slug, k.kind, k.base_url, k.contact_page, k.state, r.remote_id, r.linked_at,
                r.seen_at, r.unreadable_numbers,
                (
                    SELECT s.checked_at FROM sync_state s
                    WHERE s.workspace_id = :workspace_id AND s.contact_id = :contact_id AND s.connection_id = k.id
                ) AS checked_at
            FROM connection k
            CROSS JOIN remote_ref r
            WHERE k.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.connection_id = k.id
                AND r.entity = 'contact' AND r.local_id = :contact_id
            ORDER BY k.id
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map(ContactDetail.RemoteRef.init)
    }
}
