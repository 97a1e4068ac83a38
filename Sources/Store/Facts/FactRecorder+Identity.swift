import Domain

extension FactRecorder {
    /// Meta says that a person's number or BSUID changed: the old handles end, the new ones begin, at one contact.
    mutating func record(
        _ change: IdentityChange, on number: RoutingTable.Number, at place: Place
    ) throws {
        guard change.current.isIdentified || change.previous.isIdentified else {
            return try recordUnrouted(
                .malformed, excerpt: excerpt(of: place.update), at: place, workspace: number.workspace)
        }
        // A repeat must not make a contact for the handle that has ended.
        guard try isNews(change.messageID, at: change.at, on: number) else {
            return count("messages", "duplicates", workspace: number.workspace)
        }
        let known = change.previous.isIdentified ? change.previous : change.current
        let contact = try contact(of: known, on: number)
        let isNew = try insertSystemMessage(change, contact: contact, on: number, at: place)
        guard isNew else { return count("messages", "duplicates", workspace: number.workspace) }
        count("messages", "stored", workspace: number.workspace)
        guard change.kind != .identityHash else { return }
        try endHandles(replacedBy: change, of: contact, on: number)
        for claim in handleClaims(of: change.current, on: number) {
            try assign(claim, to: contact, in: number.workspace, evidence: "system_message")
            if claim.isToldToCRMs { changedContacts[contact] = number.workspace }
        }
        try connection.writeSearchText(of: contact, in: number.workspace)
        contacts.removeAll()  // what the batch remembered may just have changed
    }

    /// The customer gave the number that we asked for, and WhatsApp vouches that it is their own: it is theirs from now
    /// on, whoever had it before.
    mutating func learnPhone(
        from message: ReceivedMessage, of contact: ContactID, on number: RoutingTable.Number
    ) throws {
        guard let shared = message.sharedPhone else { return }
        for claim in handleClaims(of: shared, on: number) {
            if let owner = try owner(of: claim, in: number.workspace), owner.holds(claim, as: contact) { continue }
            try assign(claim, to: contact, in: number.workspace, evidence: "contact_request")
            changedContacts[contact] = number.workspace
            try connection.writeSearchText(of: contact, in: number.workspace)
            contacts.removeAll()  // what the batch remembered may just have changed
        }
    }

    private mutating func insertSystemMessage(
        _ change: IdentityChange, contact: ContactID, on number: RoutingTable.Number, at place: Place
    ) throws -> Bool {
        let conversation = try conversation(with: contact, on: number, at: change.at)
        let content = MessageContent.system(SystemContent(kind: "identity.\(change.kind.rawValue)", body: change.text))
        let inserted = try connection.execute(
            """
            INSERT INTO message
                (id, workspace_id, number_id, conversation_id, contact_id, wamid, is_inbound, origin, kind, content,
                 meta_at, stored_at, received_at, status, status_at)
            VALUES
                (:id, :workspace_id, :number_id, :conversation_id, :contact_id, :wamid, 1, 'customer', 'system',
                 :content, :meta_at, :stored_at, :received_at, 'received', :meta_at)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": store.ids.next(MessageRow.self), "workspace_id": number.workspace, "number_id": number.id,
                "conversation_id": conversation, "contact_id": contact, "wamid": change.messageID,
                "content": try JSONText.encode(content), "meta_at": change.at, "stored_at": now,
                "received_at": place.body.receivedAt,
            ])
        report.conversations[number.workspace, default: []].insert(conversation)
        return inserted == 1
    }

    /// Only handles of the kinds that change end: a new number ends the old number, not the e-mail address.
    private func endHandles(
        replacedBy change: IdentityChange, of contact: ContactID, on number: RoutingTable.Number
    ) throws {
        let keep = Set(handleClaims(of: change.current, on: number).map(\.value))
        for kind in Set(handleClaims(of: change.current, on: number).map(\.kind)) {
            let rows = try connection.rows(
                """
                SELECT id, value FROM handle
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = :kind AND valid_to IS NULL
                """,
                ["workspace_id": number.workspace, "contact_id": contact, "kind": kind])
            for row in rows where !keep.contains(try row.get("value")) {
                try connection.execute(
                    "UPDATE handle SET valid_to = :now WHERE workspace_id = :workspace_id AND id = :id",
                    ["now": now, "workspace_id": number.workspace, "id": try row.get("id", as: HandleID.self)])
            }
        }
    }
}

extension ReceivedMessage {
    /// The customer's own number, as the answer to a request for it brings it. What history tells may have changed
    /// since.
    var sharedPhone: Participant? {
        guard origin == .customer, case .contacts(let contacts) = content else { return nil }
        return contacts.sendersOwnPhone.map { Participant(waID: $0) }
    }
}
