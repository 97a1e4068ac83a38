package import Domain

/// Who a CRM says a record is.
package struct RemoteIdentity: Sendable {
    package let remoteID: String
    package let contact: ContactID?
    package let phones: [String]
    package let userID: String?
    package let email: String?
    package let name: String
    /// Records that were merged into this one.
    package let formerIDs: [String]
    package let isDeleted: Bool

    package init(
        remoteID: String, contact: ContactID?, phones: [String], userID: String?, email: String?, name: String,
        formerIDs: [String] = [], isDeleted: Bool = false
    ) {
        self.remoteID = remoteID
        self.contact = contact
        self.phones = phones
        self.userID = userID
        self.email = email
        self.name = name
        self.formerIDs = formerIDs
        self.isDeleted = isDeleted
    }
}

extension Store {
    /// Takes a message on once, however often its command comes. The command's key is written in the transaction that
    /// stores the message: a crash between the two would make the repeat a no-op and lose the message.
    ///
    /// - Returns: nil when the command was taken before.
    /// - Throws: what ``accept(_:)`` throws; nothing is remembered then, and the same command may come again.
    package func accept(_ command: MessageCommand, onceAs key: String) async throws -> AcceptedMessage? {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            guard try connection.beginCommand(key, in: command.workspace, at: now) else { return nil }
            return try MessageAcceptance(store: store, connection: connection, command: command, now: now).accept()
        }
    }

    package func numberID(phoneNumberID: String?, in workspace: WorkspaceID) async throws -> NumberID? {
        guard let phoneNumberID else { return nil }
        return try await database.read(on: .work) { connection in
            let id = try connection.value(
                "SELECT id FROM number WHERE workspace_id = :workspace_id AND phone_number_id = :phone_number_id",
                ["workspace_id": workspace, "phone_number_id": phoneNumberID], as: NumberID.self)
            guard let id else { throw PuenteError.noNumber }
            return id
        }
    }

    package func contact(
        remoteID: String, connection crm: ConnectionID, in workspace: WorkspaceID
    ) async throws -> ContactID? {
        try await database.read(on: .work) { connection in
            try connection.value(
                """
                SELECT local_id FROM remote_ref
                WHERE workspace_id = :workspace_id AND connection_id = :connection_id AND entity = 'contact'
                    AND remote_id = :remote_id
                ORDER BY local_id LIMIT 1
                """,
                ["workspace_id": workspace, "connection_id": crm, "remote_id": remoteID])
        }
    }

    /// Somebody in the CRM read a customer's message: WhatsApp shows the customer two blue ticks.
    package func markReadFromCRM(_ message: MessageID, in workspace: WorkspaceID) async throws -> Lane? {
        let now = now()
        let store = self
        return try await database.write(on: .work) { connection in
            let row = try connection.row(
                """
                SELECT number_id, conversation_id FROM message
                WHERE workspace_id = :workspace_id AND id = :id AND is_inbound = 1
                """,
                ["workspace_id": workspace, "id": message])
            guard let row else { return nil }
            let conversation: ConversationID = try row.get("conversation_id")
            let lane = Lane.number(try row.get("number_id"))
            try connection.enqueue(
                NewJob(
                    kind: .markRead, workspace: workspace, lane: lane, orderingKey: conversation.rawValue,
                    subject: message.rawValue, dedupKey: "read:\(conversation)"),
                id: store.ids.next(), at: now)
            try connection.execute(
                "UPDATE conversation SET unread = 0 WHERE workspace_id = :workspace_id AND id = :id",
                ["workspace_id": workspace, "id": conversation])
            return lane
        }
    }
}

extension SQLConnection {
    /// Commands from outside are done once: the row is their key. It belongs to no API key.
    /// - Returns: false when there is one already.
    fileprivate func beginCommand(_ key: String, in workspace: WorkspaceID, at now: Timestamp) throws -> Bool {
        try execute(
            """
            INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, status, created_at)
            VALUES (:workspace_id, 0, :key, '', 200, :now)
            ON CONFLICT DO NOTHING
            """, ["workspace_id": workspace, "key": key, "now": now]) == 1
    }
}
