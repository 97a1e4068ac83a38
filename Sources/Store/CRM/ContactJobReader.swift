import Domain

/// Reads what a connector needs to bring a contact up to date.
struct ContactJobReader {
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID

    /// Nil when there is nothing to bring: the CRM has no record of the contact, or the record is another contact's, who
    /// speaks in it. If it gets one, that is made of what is known by then. A job that is to find or make the record has
    /// no remote id.
    func read(_ job: ClaimedJob) throws -> ContactJob? {
        guard let linked = try readLinked(job) else {
            return job.payload == NewJob.findingPayload ? try readUnlinked(job) : nil
        }
        return linked
    }

    private func readUnlinked(_ job: ClaimedJob) throws -> ContactJob? {
        let row = try connection.row(
            """
            SELECT c.id, c.name, c.profile_name
            FROM contact c
            WHERE c.workspace_id = :workspace_id AND c.id = :id AND c.merged_into IS NULL AND NOT EXISTS (
                SELECT 1 FROM remote_ref r
                WHERE r.workspace_id = c.workspace_id AND r.connection_id = :connection_id AND r.entity = 'contact'
                    AND r.local_id = c.id
            )
            """,
            ["connection_id": crm, "workspace_id": workspace, "id": job.subject])
        guard let row else { return nil }
        let contact: ContactID = try row.get("id")
        return ContactJob(
            job: job,
            contact: CRMContact(
                id: contact, name: try row.get("name"), profileName: try row.get("profile_name"),
                handles: try handles(of: contact), remoteID: nil))
    }

    private func readLinked(_ job: ClaimedJob) throws -> ContactJob? {
        let row = try connection.row(
            """
            SELECT c.id, c.name, c.profile_name, r.remote_id
            FROM contact c
            JOIN remote_ref r ON r.workspace_id = c.workspace_id AND r.connection_id = :connection_id
                AND r.entity = 'contact' AND r.local_id = c.id
            WHERE c.workspace_id = :workspace_id AND c.id = :id AND (r.is_shared = 0 OR NOT EXISTS (
                SELECT 1 FROM remote_ref o
                WHERE o.workspace_id = r.workspace_id AND o.connection_id = r.connection_id AND o.entity = r.entity
                    AND o.remote_id = r.remote_id AND o.is_shared = 0
            ))
            """,
            ["connection_id": crm, "workspace_id": workspace, "id": job.subject])
        guard let row else { return nil }
        let contact: ContactID = try row.get("id")
        let handles = try handles(of: contact)
        return ContactJob(
            job: job,
            contact: CRMContact(
                id: contact, name: try row.get("name"), profileName: try row.get("profile_name"),
                handles: handles, remoteID: try row.get("remote_id")))
    }

    /// - Throws: `SQLError.decoding` when nobody can read any more what was to be told.
    func erasure(_ job: ClaimedJob) throws -> ContactJob {
        let order = try JSONText.decode(ErasureOrder.self, from: job.payload)
        let contact = CRMContact(
            id: ContactID(rawValue: job.orderingKey), name: "", profileName: "", handles: [],
            remoteID: order.remoteIDs.first)
        return ContactJob(job: job, contact: contact, erasure: order)
    }

    private func handles(of contact: ContactID) throws -> [CRMContact.Handle] {
        try connection.rows(
            """
            SELECT kind, address, evidence FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
            ORDER BY CASE WHEN account_id IS NULL OR account_id = contact_id THEN 0 ELSE 1 END, id DESC
            """,
            ["workspace_id": workspace, "contact_id": contact]
        ).map {
            CRMContact.Handle(
                kind: try $0.get("kind"), address: try $0.get("address"),
                isClaim: HandleEvidence.isClaim(try $0.get("evidence")))
        }
    }
}
