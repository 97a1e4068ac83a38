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
    /// When the record became what it says here, by the CRM's clock; nil when it does not say.
    package let changedAt: Timestamp?
    /// What it has as phone numbers beside ``phones``.
    package let unreadableNumbers: [UnreadableNumber]
    /// What it says in the fields that are mapped, by the CRM's names: blank where it says nothing, missing where it was not
    /// asked. Nil: it was not read for being compared.
    package var fields: [String: String]?

    package init(
        remoteID: String, contact: ContactID?, phones: [String], userID: String?, email: String?, name: String,
        formerIDs: [String] = [], isDeleted: Bool = false, changedAt: Timestamp? = nil,
        unreadableNumbers: [UnreadableNumber] = [], fields: [String: String]? = nil
    ) {
        self.remoteID = remoteID
        self.contact = contact
        self.phones = phones
        self.userID = userID
        self.email = email
        self.name = name
        self.formerIDs = formerIDs
        self.isDeleted = isDeleted
        self.changedAt = changedAt
        self.unreadableNumbers = unreadableNumbers
        self.fields = fields
    }

    /// The same, saying this and nothing of other fields.
    package func given(_ fields: [String: String]) -> RemoteIdentity {
        var identity = self
        identity.fields = fields
        return identity
    }
}

/// A record and the CRM that has it.
package struct RemoteRecord: Sendable {
    package let identity: RemoteIdentity
    package let crm: ConnectionID

    package init(_ identity: RemoteIdentity, in crm: ConnectionID) {
        self.identity = identity
        self.crm = crm
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
            let accepted = try MessageAcceptance(store: store, connection: connection, command: command, now: now)
                .accept()
            if let record = command.record {
                _ = try store.adopt([record.identity], crm: record.crm, in: command.workspace, connection, at: now)
            }
            return accepted
        }
    }

    /// - Parameter name: in the configuration, or the `phone_number_id`.
    package func numberID(named name: String?, in workspace: WorkspaceID) async throws -> NumberID? {
        guard let name else { return nil }
        return try await database.read(on: .work) { connection in
            let id = try connection.value(
                """
                SELECT id FROM number
                WHERE workspace_id = :workspace_id AND (phone_number_id = :name OR slug = :name)
                ORDER BY CASE WHEN phone_number_id = :name THEN 0 ELSE 1 END LIMIT 1
                """,
                ["workspace_id": workspace, "name": name], as: NumberID.self)
            guard let id else { throw PuenteError.noNumber }
            return id
        }
    }

    package func contact(
        remoteID: String, connection crm: ConnectionID, in workspace: WorkspaceID
    ) async throws -> ContactID? {
        try await database.read(on: .work) { connection in
            let linked = try connection.contact(withRecord: remoteID, of: crm, in: workspace)
            return try linked.map { try connection.living($0, in: workspace) }
        }
    }

    /// Somebody in the CRM read a customer's message: WhatsApp shows the customer two blue ticks. What came after it stays
    /// unread.
    /// - Returns: the lane to wake; nil when there is no such message.
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
            let number: NumberID = try row.get("number_id")
            let marking = ReadMarking(
                store: store, connection: connection, workspace: workspace,
                conversation: try row.get("conversation_id"), now: now)
            _ = try marking.mark(read: message, on: number)
            return .number(number)
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
