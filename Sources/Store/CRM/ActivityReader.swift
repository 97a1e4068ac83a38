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
                m.received_at, m.status, m.status_at, m.failure, a.state, a.remote_id, a.recorded_status, c.name,
                c.profile_name, r.remote_id AS contact_remote_id, (
                    SELECT \(connection.dialect.lines(Self.handleLine))
                    FROM handle h
                    WHERE h.workspace_id = m.workspace_id AND h.contact_id = m.contact_id AND h.valid_to IS NULL
                ) AS handles
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
            statusAt: try row.get("status_at"), statusFailure: try row.failure("failure"),
            conversation: try row.get("conversation_id"), remoteID: try row.get("remote_id"),
            recordedStatus: try row.get("recorded_status"), activityState: try row.get("state"))
    }

    private func contact(_ row: SQLRow) throws -> CRMContact {
        CRMContact(
            id: try row.get("contact_id"), name: try row.get("name"), profileName: try row.get("profile_name"),
            handles: Self.handles(try row.get("handles") ?? ""), remoteID: try row.get("contact_remote_id"))
    }

    /// Whether it is of the contact's own WhatsApp account and not of one that was merged into it; its id, its evidence,
    /// its kind and its address.
    private static let handleLine = """
        CASE WHEN h.account_id IS NULL OR h.account_id = h.contact_id THEN '1' ELSE '0' END
            || ' ' || CAST(h.id AS TEXT) || ' ' || h.evidence || ' ' || h.kind || ' ' || h.address
        """

    /// The contact's own first, of these the newest.
    /// - Parameter lines: as ``handleLine`` makes them.
    private static func handles(_ lines: String) -> [CRMContact.Handle] {
        lines.split(separator: "\n").compactMap { line -> (own: String, id: Int64, handle: CRMContact.Handle)? in
            let parts = line.split(separator: " ", maxSplits: 4).map(String.init)
            guard parts.count == 5, let id = Int64(parts[1]) else { return nil }
            return (
                parts[0], id,
                CRMContact.Handle(kind: parts[3], address: parts[4], isClaim: HandleEvidence.isClaim(parts[2]))
            )
        }
        .sorted { ($0.own, $0.id) > ($1.own, $1.id) }.map(\.handle)
    }
}
