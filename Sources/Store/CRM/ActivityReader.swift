import Domain

/// Reads what a connector needs for claimed jobs.
struct ActivityReader {
    let connection: any SQLConnection
    let crm: ConnectionID
    let workspace: WorkspaceID

    /// Nil when there is nothing to write: the message is gone, or the CRM never had it.
    func read(_ job: ClaimedJob) throws -> ActivityJob? {
        let row = try connection.row(
            """
            SELECT m.id, m.contact_id, m.conversation_id, m.is_inbound, m.author, m.content, m.revoked_at, m.meta_at,
                m.received_at, m.status, a.state, a.remote_id, a.recorded_status, c.name, c.profile_name,
                r.remote_id AS contact_remote_id
            FROM message m
            JOIN activity a ON a.workspace_id = m.workspace_id AND a.connection_id = :connection_id
                AND a.message_id = m.id
            JOIN contact c ON c.id = m.contact_id AND c.workspace_id = m.workspace_id
            LEFT JOIN remote_ref r ON r.workspace_id = m.workspace_id AND r.connection_id = :connection_id
                AND r.entity = 'contact' AND r.local_id = m.contact_id
            WHERE m.workspace_id = :workspace_id AND m.id = :id
            """,
            ["connection_id": crm, "workspace_id": workspace, "id": job.subject])
        guard let row, try row.get("state") != "not_applicable" else { return nil }
        return ActivityJob(
            job: job, message: try row.get("id"), contact: try contact(row), isInbound: try row.get("is_inbound"),
            author: try row.get("author"), content: try row.json("content"),
            isRevoked: try row.get("revoked_at", as: Int64?.self) != nil, at: try row.get("meta_at"),
            receivedAt: try row.get("received_at"), status: try row.get("status"),
            conversation: try row.get("conversation_id"), remoteID: try row.get("remote_id"),
            recordedStatus: try row.get("recorded_status"), activityState: try row.get("state"))
    }

    /// Handles are read only while the contact is not linked: afterwards the CRM's own id is enough.
    private func contact(_ row: SQLRow) throws -> CRMContact {
        let id: ContactID = try row.get("contact_id")
        let remoteID: String? = try row.get("contact_remote_id")
        let handles = remoteID == nil ? try self.handles(of: id) : [:]
        return CRMContact(
            id: id, name: try row.get("name"), profileName: try row.get("profile_name"), phone: handles["phone"],
            userID: handles["bsuid"], email: handles["email"], remoteID: remoteID)
    }

    private func handles(of contact: ContactID) throws -> [String: String] {
        let rows = try connection.rows(
            """
            SELECT kind, address FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
            ORDER BY id
            """,
            ["workspace_id": workspace, "contact_id": contact])
        return try Dictionary(
            rows.map { (try $0.get("kind", as: String.self), try $0.get("address", as: String.self)) },
            uniquingKeysWith: { _, newest in newest })
    }
}
