package import Domain

/// Tells the CRMs that know a person that they were erased here: a job for each, inside the erasure's transaction.
struct ErasureNotices {
    let store: Store
    let connection: any SQLConnection
    let workspace: WorkspaceID
    let erasure: ErasureID
    let wish: ErasureWish
    let now: Timestamp

    /// A CRM knows them when it has a record that we are linked with, or a message of theirs on a timeline.
    /// - Returns: the lanes to wake.
    func enqueue(for person: PersonContacts) throws -> Set<Lane> {
        let crms = try connection.rows(
            "SELECT id, state FROM connection WHERE workspace_id = :workspace_id ORDER BY id",
            ["workspace_id": workspace])
        var lanes: Set<Lane> = []
        for row in crms {
            let crm: ConnectionID = try row.get("id")
            let remoteIDs = try remoteIDs(of: person, in: crm)
            let isKnown = try !remoteIDs.isEmpty || hasActivity(of: person, in: crm)
            let isDisabled = try row.get("state") == "disabled"
            try note(isDisabled ? .disabled : isKnown ? .waiting : .notThere, for: crm)
            guard isKnown, !isDisabled else { continue }
            try enqueue(remoteIDs, of: person, for: crm)
            lanes.insert(.connection(crm))
        }
        return lanes
    }

    private func remoteIDs(of person: PersonContacts, in crm: ConnectionID) throws -> [String] {
        let list = person.list
        return try connection.rows(
            """
            SELECT DISTINCT remote_id FROM remote_ref
            WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                AND local_id IN \(list.sql)
            ORDER BY remote_id
            """, list.arguments(["workspace_id": workspace, "connection_id": crm])
        ).map { try $0.get("remote_id") }
    }

    private func hasActivity(of person: PersonContacts, in crm: ConnectionID) throws -> Bool {
        let list = person.list
        return try connection.row(
            """
            SELECT 1 AS one FROM message m
            JOIN activity a ON a.workspace_id = m.workspace_id AND a.connection_id = :connection_id
                AND a.message_id = m.id AND a.state IN ('recorded', 'waiting', 'dead')
            WHERE m.workspace_id = :workspace_id AND m.contact_id IN \(list.sql)
            LIMIT 1
            """, list.arguments(["connection_id": crm, "workspace_id": workspace])) != nil
    }

    private func note(_ state: Erasure.Notice.State, for crm: ConnectionID) throws {
        try connection.execute(
            """
            INSERT INTO erasure_notice (workspace_id, erasure_id, connection_id, wish, state, at)
            VALUES (:workspace_id, :erasure_id, :connection_id, :wish, :state, :now)
            """,
            [
                "workspace_id": workspace, "erasure_id": erasure, "connection_id": crm, "wish": wish, "state": state,
                "now": now,
            ])
    }

    /// Behind whatever is under way for the contact: the last that the CRM hears of them. The job alone still knows the
    /// record's id, and loses it when it is done.
    private func enqueue(_ remoteIDs: [String], of person: PersonContacts, for crm: ConnectionID) throws {
        let order = ErasureOrder(contacts: person.all, remoteIDs: remoteIDs, wish: wish, at: now)
        try connection.enqueue(
            NewJob(
                kind: .tellErasure, workspace: workspace, lane: .connection(crm),
                orderingKey: person.listed.rawValue, subject: erasure.rawValue,
                payload: try JSONText.encode(order)),
            id: store.ids.next(), at: now)
    }
}

/// What a CRM is told when a person was erased.
package struct ErasureOrder: Codable, Equatable, Sendable {
    /// The contacts that the person was here: the upsert keys there.
    package let contacts: [ContactID]
    /// The records there that we were linked with.
    package let remoteIDs: [String]
    package let wish: ErasureWish
    package let at: Timestamp

    package init(contacts: [ContactID], remoteIDs: [String], wish: ErasureWish, at: Timestamp) {
        self.contacts = contacts
        self.remoteIDs = remoteIDs
        self.wish = wish
        self.at = at
    }
}

extension SQLConnection {
    /// What became of telling a CRM.
    /// - Parameter state: the job's end; a job that is put back changes nothing.
    func note(
        _ state: Erasure.Notice.State, erasure: ErasureID, of crm: ConnectionID, in workspace: WorkspaceID,
        at now: Timestamp
    )
        throws
    {
        try execute(
            """
            UPDATE erasure_notice SET state = :state, at = :now
            WHERE workspace_id = :workspace_id AND erasure_id = :erasure_id AND connection_id = :connection_id
            """,
            [
                "state": state, "now": now, "workspace_id": workspace, "erasure_id": erasure, "connection_id": crm,
            ])
    }
}
