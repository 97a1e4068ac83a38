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
        let named = change.previous.isIdentified ? change.previous : change.current
        guard try !isErased(named, after: Timestamp(milliseconds: 0), on: number) else {
            return count("messages", "duplicates", workspace: number.workspace)
        }
        let person = try correspondent(
            of: try participant(of: change, on: number), on: number, at: change.at, wamid: change.messageID)
        let isNew = try insertSystemMessage(change, person: person, on: number, at: place)
        guard isNew else { return count("messages", "duplicates", workspace: number.workspace) }
        count("messages", "stored", workspace: number.workspace)
        guard change.kind != .identityHash else { return }
        try move(person, by: change, on: number)
        contacts.removeAll()  // what the batch remembered may just have changed
    }

    /// Who it is, by the handles that end; by those that begin where nobody has the former.
    private func participant(of change: IdentityChange, on number: RoutingTable.Number) throws -> Participant {
        guard change.previous.isIdentified else { return change.current }
        guard change.current.isIdentified else { return change.previous }
        let isKnown = try handleClaims(of: change.previous, on: number).contains {
            try owner(of: $0, at: change.at, in: number.workspace) != nil
        }
        let isSuccessorKnown = try handleClaims(of: change.current, on: number).contains {
            try owner(of: $0, at: change.at, in: number.workspace) != nil
        }
        return isKnown || !isSuccessorKnown ? change.previous : change.current
    }

    /// The old handles end, the new ones begin. Whoever has written from the new ones already is the same person.
    private mutating func move(
        _ person: Correspondent, by change: IdentityChange, on number: RoutingTable.Number
    ) throws {
        let claims = handleClaims(of: change.current, on: number)
        try endHandles(replacedBy: change, of: person, on: number)
        let successors = try successors(of: person, claims, at: change.at, in: number.workspace)
        var person = person
        if !successors.isEmpty {
            try join([person.contact] + successors, because: change.messageID, in: number.workspace)
            let contact = try connection.living(person.contact, in: number.workspace)
            person = Correspondent(contact: contact, account: person.account ?? person.contact)
        }
        for claim in claims {
            let owner = try owner(of: claim, at: change.at, in: number.workspace)
            // What ended after this change is no news of today.
            if owner.map({ $0.isPast || $0.holds(claim, as: $0.correspondent) && $0.contact == person.contact })
                ?? false
            {
                continue
            }
            try assign(claim, to: person, in: number.workspace, evidence: "system_message")
            if claim.isToldToCRMs { changedContacts[person.contact] = number.workspace }
        }
        try noteHandles(of: person.contact, in: number.workspace)
    }

    /// Contacts who have the new handles and are the same person: the new user id is theirs, or they came into being by
    /// the new handles since the change, or nobody but a CRM or a list knows them. Somebody who had the number long before
    /// only loses it: numbers are given to new owners.
    private func successors(
        of person: Correspondent, _ claims: [HandleClaim], at: Timestamp, in workspace: WorkspaceID
    ) throws -> [ContactID] {
        var found: Set<ContactID> = []
        for claim in claims {
            guard let owner = try owner(of: claim, at: at, in: workspace), owner.contact != person.contact,
                let handle = claim.handle
            else { continue }
            let holder = try holder(owner, in: workspace)
            let isNew = try isNew(owner.contact, since: at, in: workspace)
            guard handle.kind != .phone || holder.handles.isEmpty || isNew else { continue }
            // Who had them once and has changed again since has others today.
            let isContradicted = !owner.isPast && claims.compactMap(\.handle).contains(where: holder.contradicts)
            guard !isContradicted else { continue }
            found.insert(owner.contact)
        }
        return try joinable(found.sorted(), with: person.contact, in: workspace)
    }

    /// The system message may come some minutes after the first message from the new number.
    private func isNew(_ contact: ContactID, since: Timestamp, in workspace: WorkspaceID) throws -> Bool {
        try connection.row(
            """
            SELECT 1 AS one FROM contact
            WHERE workspace_id = :workspace_id AND id = :id AND created_at >= :since
            """, ["workspace_id": workspace, "id": contact, "since": since - .minutes(10)]) != nil
    }

    /// The customer gave the number that we asked for, and WhatsApp vouches that it is their own: it is theirs from now
    /// on. Whoever was known by nothing but this number is the same person.
    /// - Returns: the contact, which may have become another's.
    mutating func learnPhone(
        from message: ReceivedMessage, of person: Correspondent, on number: RoutingTable.Number
    ) throws -> ContactID {
        guard let shared = message.sharedPhone else { return person.contact }
        contacts.removeAll()  // what the batch remembered may be about to change
        if message.participant.userID != nil || message.participant.parentUserID != nil {
            var named = message.participant
            named.waID = shared.waID
            return try correspondent(
                of: named, on: number, at: message.at, wamid: message.id, evidence: "contact_request"
            ).contact
        }
        for claim in handleClaims(of: shared, on: number) {
            let owner = try owner(of: claim, at: message.at, in: number.workspace)
            guard !(owner?.holds(claim, as: person) ?? false) else { continue }
            try assign(claim, to: person, in: number.workspace, evidence: "contact_request")
            changedContacts[person.contact] = number.workspace
            try noteHandles(of: person.contact, in: number.workspace)
        }
        return person.contact
    }

    private mutating func insertSystemMessage(
        _ change: IdentityChange, person: Correspondent, on number: RoutingTable.Number, at place: Place
    ) throws -> Bool {
        let conversation = try conversation(with: person, on: number, at: change.at)
        let content = MessageContent.system(SystemContent(kind: "identity.\(change.kind.rawValue)", body: change.text))
        let inserted = try connection.execute(
            """
            INSERT INTO message
                (id, workspace_id, number_id, conversation_id, contact_id, account_id, wamid, is_inbound, origin,
                 kind, content, meta_at, stored_at, received_at, status, status_at)
            VALUES
                (:id, :workspace_id, :number_id, :conversation_id, :contact_id, :account_id, :wamid, 1, 'customer',
                 'system', :content, :meta_at, :stored_at, :received_at, 'received', :meta_at)
            ON CONFLICT DO NOTHING
            """,
            [
                "id": store.ids.next(MessageRow.self), "workspace_id": number.workspace, "number_id": number.id,
                "conversation_id": conversation, "contact_id": person.contact, "account_id": person.account,
                "wamid": change.messageID, "content": try JSONText.encode(content), "meta_at": change.at,
                "stored_at": now,
                "received_at": place.body.receivedAt,
            ])
        report.conversations[number.workspace, default: []].insert(conversation)
        return inserted == 1
    }

    /// By Meta's time: what comes later and was said before is still theirs. Only handles of the kinds that change end, and
    /// of the one account: a new number ends the old number, neither the
    /// e-mail address nor the number of another account of the same person.
    private func endHandles(
        replacedBy change: IdentityChange, of person: Correspondent, on number: RoutingTable.Number
    ) throws {
        let keep = Set(handleClaims(of: change.current, on: number).map(\.value))
        for kind in Set(handleClaims(of: change.current, on: number).map(\.kind)) {
            let rows = try connection.rows(
                """
                SELECT id, value, account_id FROM handle
                WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND kind = :kind AND valid_to IS NULL
                """,
                ["workspace_id": number.workspace, "contact_id": person.contact, "kind": kind])
            for row in rows where !keep.contains(try row.get("value")) {
                guard try row.get("account_id", as: ContactID?.self) == person.account else { continue }
                try connection.execute(
                    "UPDATE handle SET valid_to = :at WHERE workspace_id = :workspace_id AND id = :id",
                    [
                        "at": min(change.at, now), "workspace_id": number.workspace,
                        "id": try row.get("id", as: HandleID.self),
                    ])
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
