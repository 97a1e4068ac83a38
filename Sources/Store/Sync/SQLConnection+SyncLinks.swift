import Domain

extension SQLConnection {
    /// What is agreed on with a record goes with the link to it: after a merge to the contact that has the record now, and
    /// back when the merge is undone. The log stays as it was written; it is read for all that a person was.
    func followRecords(_ one: ContactID, _ other: ContactID, in workspace: WorkspaceID) throws {
        for (former, present) in [(one, other), (other, one)] {
            let arguments: SQLArguments = ["workspace_id": workspace, "former": former, "present": present]
            let crms = try rows(
                """
                SELECT k.id FROM connection k
                WHERE k.workspace_id = :workspace_id
                    AND EXISTS (\(Self.record("present"))) AND NOT EXISTS (\(Self.record("former")))
                ORDER BY k.id
                """, arguments)
            for row in crms {
                let crm: ConnectionID = try row.get("id")
                for table in ["sync_state", "sync_conflict", "sync_decision", "sync_due"] {
                    try follow(table, arguments.and(["connection_id": crm]))
                }
            }
        }
    }

    private static func record(_ contact: String) -> String {
        """
        SELECT 1 FROM remote_ref r
        WHERE r.workspace_id = :workspace_id AND r.connection_id = k.id AND r.entity = 'contact'
            AND r.local_id = :\(contact)
        """
    }

    /// What is there already of a record that is gone gives way.
    private func follow(_ table: String, _ arguments: SQLArguments) throws {
        let former = "workspace_id = :workspace_id AND contact_id = :former AND connection_id = :connection_id"
        let isThere = try row("SELECT 1 AS one FROM \(table) WHERE \(former) LIMIT 1", arguments) != nil
        guard isThere else { return }
        try execute(
            """
            DELETE FROM \(table)
            WHERE workspace_id = :workspace_id AND contact_id = :present AND connection_id = :connection_id
            """, arguments)
        try execute("UPDATE \(table) SET contact_id = :present WHERE \(former)", arguments)
    }
}
