import Domain

/// A record of a CRM is one contact's, as a number is: the database has no two owners of one. Other contacts that the CRM
/// takes for the same person share it: their messages go there, but what the record says is said of its owner alone.
enum RecordOwnership {
    /// 1 where `:remote_id` of `:connection_id` is another contact's than `:local_id`.
    static let isShared = """
        CASE WHEN EXISTS (
            SELECT 1 FROM remote_ref o
            WHERE o.workspace_id = :workspace_id AND o.connection_id = :connection_id AND o.entity = 'contact'
                AND o.remote_id = :remote_id AND o.is_shared = 0 AND o.local_id <> :local_id
        ) THEN 1 ELSE 0 END
        """

    /// The key to lock for whose a record is.
    static func lockKey(_ remoteID: String, of crm: ConnectionID) -> String { "record \(crm) \(remoteID)" }
}

extension SQLConnection {
    /// Of two nodes that both link somebody with one record, the second sees what the first wrote.
    func lockRecords(_ remoteIDs: [String], of crm: ConnectionID, in workspace: WorkspaceID) throws {
        try lock(Set(remoteIDs).map { RecordOwnership.lockKey($0, of: crm) }, in: workspace)
    }

    /// Whose the record is: its owner, or where that one is gone, who shared it longest.
    func contact(
        withRecord remoteID: String, of crm: ConnectionID, in workspace: WorkspaceID
    ) throws -> ContactID? {
        try value(
            """
            SELECT local_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :remote_id
            ORDER BY is_shared, local_id LIMIT 1
            """,
            ["workspace_id": workspace, "connection_id": crm, "remote_id": remoteID], as: ContactID.self)
    }

    /// The record says whose it is: whoever was taken for its owner shares it from now on.
    func share(
        _ remoteID: String, of crm: ConnectionID, with owner: ContactID, in workspace: WorkspaceID
    ) throws {
        try execute(
            """
            UPDATE remote_ref SET is_shared = 1, unreadable_numbers = '[]', unreadable_count = 0
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :remote_id AND local_id <> :owner AND is_shared = 0
            """,
            ["workspace_id": workspace, "connection_id": crm, "remote_id": remoteID, "owner": owner])
    }

    /// Records were merged in the CRM: whoever had one of them has the survivor, and shares it where it is another's.
    func relink(
        _ former: [String], to survivor: String, connection crm: ConnectionID, in workspace: WorkspaceID
    ) throws {
        try forgetAgreements(on: former.filter { $0 != survivor }, of: crm, in: workspace)
        try executeMany(
            """
            UPDATE remote_ref
            SET remote_id = :remote_id, content_hash = NULL, changed_at = NULL, unreadable_numbers = '[]',
                unreadable_count = 0,
                is_shared = CASE WHEN EXISTS (
                    SELECT 1 FROM remote_ref o
                    WHERE o.workspace_id = :workspace_id AND o.connection_id = :connection_id
                        AND o.entity = 'contact' AND o.remote_id = :remote_id AND o.is_shared = 0
                ) THEN 1 ELSE is_shared END
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND remote_id = :former
            """,
            former.filter { $0 != survivor }.map {
                ["remote_id": survivor, "workspace_id": workspace, "connection_id": crm, "former": $0]
            })
    }
}
