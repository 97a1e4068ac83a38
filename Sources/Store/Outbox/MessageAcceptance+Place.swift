import Domain

extension MessageAcceptance {
    /// Where the message belongs; contact and conversation are made where there is none yet.
    func place() throws -> MessagePlace {
        switch command.target {
        case .conversation(let id): try place(in: id)
        case .contact(let contact, let number): try place(with: contact, from: try self.number(number))
        case .address(let recipient, let number):
            try place(with: try contact(at: recipient), from: try self.number(number))
        }
    }

    private func place(in conversation: ConversationID) throws -> MessagePlace {
        let row = try connection.row(
            """
            SELECT number_id, contact_id, state FROM conversation
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": command.workspace, "id": conversation])
        guard let row else { throw PuenteError.noConversation }
        let number: NumberID = try row.get("number_id")
        let contact: ContactID = try row.get("contact_id")
        // A closed conversation stays closed; the answer goes on in the open one of the same pair.
        guard try row.get("state") == "closed" else {
            return MessagePlace(number: number, contact: contact, conversation: conversation)
        }
        return try place(with: contact, from: number)
    }

    private func place(with contact: ContactID, from number: NumberID) throws -> MessagePlace {
        let isKnown = try connection.row(
            "SELECT id FROM contact WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": command.workspace, "id": contact])
        guard isKnown != nil else { throw PuenteError.noContact }
        return MessagePlace(
            number: number, contact: contact, conversation: try openConversation(contact: contact, number: number))
    }

    /// The number asked for, or the only one there is.
    private func number(_ asked: NumberID?) throws -> NumberID {
        let rows = try connection.rows(
            "SELECT id FROM number WHERE workspace_id = :workspace_id AND state <> 'disabled' ORDER BY id",
            ["workspace_id": command.workspace])
        let numbers = try rows.map { try $0.get("id", as: NumberID.self) }
        if let asked {
            guard numbers.contains(asked) else { throw PuenteError.noNumber }
            return asked
        }
        guard numbers.count == 1, let only = numbers.first else { throw PuenteError.chooseNumber }
        return only
    }

    private func openConversation(contact: ContactID, number: NumberID) throws -> ConversationID {
        let id = store.ids.next(ConversationRow.self)
        try connection.execute(
            """
            INSERT INTO conversation
                (id, workspace_id, number_id, contact_id, state, owner, last_message_at, created_at)
            VALUES (:id, :workspace_id, :number_id, :contact_id, 'open', 'queue', :now, :now)
            ON CONFLICT DO NOTHING
            """,
            ["id": id, "workspace_id": command.workspace, "number_id": number, "contact_id": contact, "now": now])
        let open = try connection.value(
            """
            SELECT id FROM conversation
            WHERE workspace_id = :workspace_id AND number_id = :number_id AND contact_id = :contact_id
                AND state = 'open'
            """,
            ["workspace_id": command.workspace, "number_id": number, "contact_id": contact], as: ConversationID.self)
        guard let open else { throw SQLError.conflict("the conversation was closed meanwhile") }
        return open
    }

    private func contact(at recipient: Recipient) throws -> ContactID {
        let claim: HandleClaim
        switch recipient {
        case .phone(let digits):
            claim = HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone(digits), address: digits)
        case .userID(let id):
            claim = HandleClaim(kind: "bsuid", scope: try portfolio(), value: id, address: id)
        }
        try connection.lock(["\(claim.kind)\(claim.scope)\(claim.value)"], in: command.workspace)
        return try connection.contact(claimedBy: claim, in: command.workspace)
            ?? connection.makeContact(claim, in: command.workspace, store: store, evidence: "api", at: now)
    }

    private func portfolio() throws -> String {
        let portfolios = try connection.rows(
            "SELECT DISTINCT portfolio_id FROM number WHERE workspace_id = :workspace_id ORDER BY portfolio_id",
            ["workspace_id": command.workspace])
        return try portfolios.first?.get("portfolio_id") ?? ""
    }
}

extension SQLConnection {
    func contact(claimedBy claim: HandleClaim, in workspace: WorkspaceID) throws -> ContactID? {
        try value(
            """
            SELECT contact_id FROM handle
            WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                AND valid_to IS NULL
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value])
    }

    func makeContact(
        _ claim: HandleClaim, in workspace: WorkspaceID, store: Store, evidence: String, at now: Timestamp
    ) throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        try execute(
            """
            INSERT INTO contact (id, workspace_id, search_text, created_at, updated_at)
            VALUES (:id, :workspace_id, :search_text, :now, :now)
            """,
            ["id": id, "workspace_id": workspace, "search_text": claim.address.lowercased(), "now": now])
        try execute(
            """
            INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
            VALUES (:id, :workspace_id, :contact_id, :kind, :scope, :value, :address, :now, :evidence)
            """,
            [
                "id": store.ids.next(HandleRow.self), "workspace_id": workspace, "contact_id": id, "kind": claim.kind,
                "scope": claim.scope, "value": claim.value, "address": claim.address, "now": now,
                "evidence": evidence,
            ])
        return id
    }
}

extension PuenteError {
    static let noConversation = PuenteError(
        .notFound, en: "There is no such conversation.", es: "No existe esa conversación.")
    static let noContact = PuenteError(.notFound, en: "There is no such contact.", es: "No existe ese contacto.")
    static let noNumber = PuenteError(
        .notFound, en: "There is no such WhatsApp number. Name one of this workspace's numbers.",
        es: "No existe ese número de WhatsApp. Indique uno de este espacio.")
    static let chooseNumber = PuenteError(
        .invalid, en: "Say which WhatsApp number the message leaves from: there is more than one, or none.",
        es: "Indique desde qué número de WhatsApp se envía: hay más de uno, o ninguno.")
}
