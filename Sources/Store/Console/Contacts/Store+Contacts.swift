package import Domain

extension Store {
    /// Contacts, the last changed first.
    /// - Parameter search: words of names, phones and user names; all of them must be found.
    package func contacts(
        search: String = "", before: ListPosition? = nil, limit: Int = ListLimit.usual, in workspace: WorkspaceID
    ) async throws -> ListPage<ContactSummary> {
        let limit = ListLimit.clamped(limit)
        return try await database.read(on: .console) { connection in
            var conditions = SQLConditions(workspace: workspace, alias: "p")
            conditions.add(SearchText(search), in: "p.search_text", dialect: connection.dialect)
            conditions.add(before: before, key: "p.updated_at", id: "p.id")
            conditions.set("limit", limit + 1)
            let rows = try connection.rows(
                """
                SELECT \(PersonSummary.columns), p.created_at, p.updated_at
                FROM contact p
                \(conditions.sql)
                ORDER BY p.updated_at DESC, p.id DESC
                LIMIT :limit
                """, conditions.arguments)
            return ListPage(fetched: try rows.map(ContactSummary.init), limit: limit) {
                ListPosition(key: $0.updatedAt.milliseconds, id: $0.person.id.rawValue)
            }
        }
    }

    package func contact(_ id: ContactID, in workspace: WorkspaceID) async throws -> ContactDetail? {
        try await database.read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT \(PersonSummary.columns), p.created_at, p.updated_at FROM contact p
                WHERE p.workspace_id = :workspace_id AND p.id = :id
                """, ["workspace_id": workspace, "id": id])
            return try row.map { row in
                ContactDetail(
                    person: try PersonSummary(row), handles: try connection.handles(of: id, in: workspace),
                    remoteRefs: try connection.remoteRefs(of: id, in: workspace),
                    createdAt: try row.get("created_at"), updatedAt: try row.get("updated_at"))
            }
        }
    }
}

extension SQLConnection {
    fileprivate func handles(of contact: ContactID, in workspace: WorkspaceID) throws -> [ContactDetail.Handle] {
        try rows(
            """
            SELECT id, kind, scope, address, valid_from, valid_to, evidence FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id
            ORDER BY CASE WHEN valid_to IS NULL THEN 0 ELSE 1 END, valid_from DESC, id DESC
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
            SELECT r.connection_id, k.slug, k.kind, k.base_url, k.contact_page, r.remote_id, r.linked_at, r.seen_at
            FROM connection k
            CROSS JOIN remote_ref r
            WHERE k.workspace_id = :workspace_id AND r.workspace_id = :workspace_id AND r.connection_id = k.id
                AND r.entity = 'contact' AND r.local_id = :contact_id
            ORDER BY k.id
            """, ["workspace_id": workspace, "contact_id": contact]
        ).map(ContactDetail.RemoteRef.init)
    }
}
