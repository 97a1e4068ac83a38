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

    // MARK: Another record

    /// What was agreed on with a record says nothing of another one: what is blank there was not emptied, and what labels it
    /// lacks were not taken off. Decisions of people stay; they are carried out on whichever record there is.
    func forgetAgreements(of contacts: [ContactID], with crm: ConnectionID, in workspace: WorkspaceID) throws {
        for part in contacts.parts(of: 500) {
            let list = SQLValueList("contact", part)
            for table in ["sync_state", "sync_conflict"] {
                try execute(
                    """
                    DELETE FROM \(table)
                    WHERE workspace_id = :workspace_id AND contact_id IN \(list.sql) AND connection_id = :connection_id
                    """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            }
        }
    }

    /// The same of whoever has one of these records, which are gone.
    func forgetAgreements(on remoteIDs: [String], of crm: ConnectionID, in workspace: WorkspaceID) throws {
        for part in remoteIDs.parts(of: 500) {
            let list = SQLValueList("record", part)
            let rows = try rows(
                """
                SELECT local_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND remote_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            try forgetAgreements(of: try rows.map { try $0.get("local_id") }, with: crm, in: workspace)
        }
    }

    /// The same of whoever has another record than they are linked with now.
    func forgetAgreements(
        with crm: ConnectionID, unlessOn links: [(contact: ContactID, remoteID: String)], in workspace: WorkspaceID
    ) throws {
        let others = try linkedElsewhere(links, crm, in: workspace)
        try forgetAgreements(of: others.sorted(), with: crm, in: workspace)
    }

    /// Those who have another record than these say. A system that names no id of its own is known by ours until it does:
    /// that is the same record.
    func linkedElsewhere(
        _ links: [(contact: ContactID, remoteID: String)], _ crm: ConnectionID, in workspace: WorkspaceID
    ) throws -> Set<ContactID> {
        let wanted = Dictionary(links.map { ($0.contact, $0.remoteID) }, uniquingKeysWith: { $1 })
        var others: Set<ContactID> = []
        for part in wanted.keys.sorted().parts(of: 500) {
            let list = SQLValueList("contact", part)
            let rows = try rows(
                """
                SELECT local_id, remote_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND local_id IN \(list.sql)
                """, list.arguments(["workspace_id": workspace, "connection_id": crm]))
            for row in rows {
                let (contact, record): (ContactID, String) = (try row.get("local_id"), try row.get("remote_id"))
                if record != wanted[contact], record != "\(contact)" { others.insert(contact) }
            }
        }
        return others
    }
}
