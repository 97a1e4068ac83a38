import Domain

extension MessageAcceptance {
    /// Where the message belongs; contact and conversation are made where there is none yet.
    func place() throws -> MessagePlace {
        switch command.target {
        case .conversation(let id): try place(in: id)
        case .contact(let contact, let asked): try place(with: contact, from: try number(asked) { contact })
        case .address(let recipient, let asked):
            try place(at: recipient, from: try number(asked) { try known(recipient) })
        }
    }

    /// - Parameter isSure: what is read now has just been read before.
    private func place(in conversation: ConversationID, isSure: Bool = false) throws -> MessagePlace {
        let row = try connection.row(
            """
            SELECT number_id, contact_id, state FROM conversation
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            ["workspace_id": command.workspace, "id": conversation])
        guard let row else { throw PuenteError.noConversation }
        let number: NumberID = try row.get("number_id")
        let contact: ContactID = try row.get("contact_id")
        // Merged while this was read: the conversation is another's now, and may have been closed.
        if try hold(contact) != contact, !isSure { return try place(in: conversation, isSure: true) }
        // A closed conversation stays closed; the answer goes on in the open one of the same pair.
        guard try row.get("state") == "closed" else {
            return MessagePlace(number: number, contact: contact, conversation: conversation)
        }
        return try place(with: contact, from: number)
    }

    private func place(at recipient: Recipient, from number: NumberID) throws -> MessagePlace {
        let person = try person(at: recipient, from: number)
        var place = try place(with: person.contact, from: number)
        place.account = person.account
        return place
    }

    private func place(with contact: ContactID, from number: NumberID) throws -> MessagePlace {
        let living = try hold(contact)
        return MessagePlace(
            number: number, contact: living, conversation: try openConversation(contact: living, number: number))
    }

    /// Until the transaction ends nobody merges the contact into another.
    /// - Returns: who the contact is today.
    private func hold(_ contact: ContactID) throws -> ContactID {
        let row = try connection.row(
            """
            SELECT merged_into FROM contact
            WHERE workspace_id = :workspace_id AND id = :id \(connection.dialect.forShare)
            """, ["workspace_id": command.workspace, "id": contact])
        guard let row else { throw PuenteError.noContact }
        guard try row.get("merged_into", as: ContactID?.self) != nil else { return contact }
        return try connection.living(contact, in: command.workspace)
    }

    /// The number asked for, or the only one there is. A CRM that names none means the one the contact speaks with.
    private func number(_ asked: NumberID?, for contact: () throws -> ContactID?) throws -> NumberID {
        let rows = try connection.rows(
            "SELECT id FROM number WHERE workspace_id = :workspace_id AND state <> 'disabled' ORDER BY id",
            ["workspace_id": command.workspace])
        let numbers = try rows.map { try $0.get("id", as: NumberID.self) }
        if let asked {
            guard numbers.contains(asked) else { throw PuenteError.noNumber }
            return asked
        }
        if numbers.count == 1, let only = numbers.first { return only }
        guard case .crm = command.author, !numbers.isEmpty else { throw PuenteError.chooseNumber }
        guard let contact = try contact(), let number = try number(spokenWith: contact) else {
            throw PuenteError.nameNumber
        }
        return number
    }

    /// Of the contact's open conversations the newest, else of the closed ones.
    private func number(spokenWith contact: ContactID) throws -> NumberID? {
        try connection.value(
            """
            SELECT c.number_id
            FROM conversation c
            JOIN number n ON n.id = c.number_id AND n.workspace_id = c.workspace_id AND n.state <> 'disabled'
            WHERE c.workspace_id = :workspace_id AND c.contact_id = :contact_id
            ORDER BY CASE WHEN c.state = 'open' THEN 0 ELSE 1 END, c.last_message_at DESC, c.id DESC
            LIMIT 1
            """,
            ["workspace_id": command.workspace, "contact_id": contact])
    }

    private func known(_ recipient: Recipient) throws -> ContactID? {
        switch recipient {
        case .phone(let digits): try connection.contact(claimedBy: phoneClaim(digits), in: command.workspace)
        case .userID(let id): try known(userID: id)
        }
    }

    /// Which portfolio the user id is valid in depends on the number, which is what is looked for.
    private func known(userID: String) throws -> ContactID? {
        try connection.value(
            """
            SELECT contact_id FROM handle
            WHERE workspace_id = :workspace_id AND kind = 'bsuid' AND value = :value AND valid_to IS NULL
                AND scope IN (SELECT portfolio_id FROM number WHERE workspace_id = :workspace_id)
            ORDER BY +id DESC LIMIT 1
            """,
            ["workspace_id": command.workspace, "value": userID])
    }

    private func phoneClaim(_ digits: String) -> HandleClaim {
        HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone(digits), address: digits)
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

    /// - Parameter number: its portfolio is the one that a user id is valid in.
    private func person(at recipient: Recipient, from number: NumberID) throws -> Correspondent {
        let claim: HandleClaim
        switch recipient {
        case .phone(let digits): claim = phoneClaim(digits)
        case .userID(let id):
            claim = HandleClaim(kind: "bsuid", scope: try portfolio(of: number), value: id, address: id)
        }
        try connection.lock(["\(claim.kind)\(claim.scope)\(claim.value)"], in: command.workspace)
        if let known = try connection.contact(of: claim, meantBy: command.author, in: command.workspace) {
            return Correspondent(contact: known, account: try connection.account(of: claim, in: command.workspace))
        }
        // Whoever asked to be forgotten is not written to until they write themselves, whichever program still knows them.
        guard try !connection.isErased(kind: claim.kind, value: claim.value, in: command.workspace, store: store) else {
            throw PuenteError.recipientErased
        }
        let new = try connection.makeContact(claim, in: command.workspace, store: store, evidence: "api", at: now)
        return Correspondent(contact: new, account: nil)
    }

    private func portfolio(of number: NumberID) throws -> String {
        try connection.value(
            "SELECT portfolio_id FROM number WHERE workspace_id = :workspace_id AND id = :id",
            ["workspace_id": command.workspace, "id": number]) ?? ""
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

    /// Which of a merged person's WhatsApp accounts has the handle.
    func account(of claim: HandleClaim, in workspace: WorkspaceID) throws -> ContactID? {
        let account = try value(
            """
            SELECT account_id FROM handle
            WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                AND valid_to IS NULL
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value],
            as: ContactID?.self)
        return account ?? nil
    }

    /// A CRM that writes to a phone of its own record means that person, whatever address WhatsApp knows them by.
    fileprivate func contact(
        of claim: HandleClaim, meantBy author: MessageCommand.Author, in workspace: WorkspaceID
    ) throws -> ContactID? {
        if case .crm = author { return try contact(claimedBy: claim, in: workspace) }
        return try contact(addressedBy: claim, in: workspace)
    }

    /// Whom a message to this address is for. A phone that only a CRM or a list says is somebody's, of whom WhatsApp knows
    /// another address, is nobody's yet: the message would go to that other address.
    func contact(addressedBy claim: HandleClaim, in workspace: WorkspaceID) throws -> ContactID? {
        let row = try row(
            """
            SELECT contact_id, evidence FROM handle
            WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                AND valid_to IS NULL
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value])
        guard let row else { return nil }
        let contact: ContactID = try row.get("contact_id")
        if HandleEvidence.isClaim(try row.get("evidence")), try isKnownToWhatsApp(contact, in: workspace) { return nil }
        return contact
    }

    /// Whether there is an address of the contact that is more than a CRM's or a list's word.
    func isKnownToWhatsApp(_ contact: ContactID, in workspace: WorkspaceID) throws -> Bool {
        try row(
            """
            SELECT 1 AS one FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
                AND evidence NOT IN \(HandleEvidence.claimList)
                AND kind IN ('phone', 'bsuid', 'parent_bsuid')
            LIMIT 1
            """,
            ["workspace_id": workspace, "contact_id": contact]) != nil
    }

    /// Whoever holds the handle holds it no more; the history keeps it.
    func end(_ claim: HandleClaim, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            """
            UPDATE handle SET valid_to = :now
            WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                AND valid_to IS NULL
            """,
            [
                "now": now, "workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value,
            ])
    }

    func makeContact(
        _ claim: HandleClaim, in workspace: WorkspaceID, store: Store, evidence: String, at now: Timestamp
    ) throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        let text = ContactText(addresses: [claim.address, claim.value])
        try execute(
            """
            INSERT INTO contact (id, workspace_id, search_text, sort_name, created_at, updated_at)
            VALUES (:id, :workspace_id, :search_text, :sort_name, :now, :now)
            """,
            [
                "id": id, "workspace_id": workspace, "search_text": text.text, "sort_name": text.sortName, "now": now,
            ])
        try end(claim, in: workspace, at: now)
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
    static let recipientErased = PuenteError(
        .refused, detail: "recipient_erased",
        en: "This person was erased at their wish. They can be written to again once they write themselves.",
        es: "Esta persona se borró a petición suya. Se le puede volver a escribir cuando escriba por sí misma.")
    static let noNumber = PuenteError(
        .notFound, en: "There is no such WhatsApp number. Name one of this workspace's numbers.",
        es: "No existe ese número de WhatsApp. Indique uno de este espacio.")
    static let chooseNumber = PuenteError(
        .invalid, en: "Say which WhatsApp number the message leaves from: there is more than one, or none.",
        es: "Indique desde qué número de WhatsApp se envía: hay más de uno, o ninguno.")
    static let nameNumber = PuenteError(
        .invalid, detail: "from",
        en:
            "There are several WhatsApp numbers, and no conversation with this contact yet. Say in \"from\" which one the message leaves from: its name in puente.yaml or its phone number ID.",
        es:
            "Hay varios números de WhatsApp y todavía ninguna conversación con este contacto. Indique en «from» desde cuál se envía: su nombre en puente.yaml o su identificador (phone number ID)."
    )
}
