import Domain

/// What a participant is found by inside a batch.
struct ParticipantKey: Hashable {
    let workspace: WorkspaceID
    let portfolio: String
    let participant: Participant
}

/// A handle as it is looked up: the canonical value, and the address verbatim.
struct HandleClaim {
    let kind: String
    let scope: String
    let value: String
    let address: String

    /// Whether the CRMs are told.
    var isToldToCRMs: Bool { kind != "parent_bsuid" }
}

/// Who is behind a participant.
struct Correspondent: Hashable {
    let contact: ContactID
    /// Which of the person's WhatsApp accounts; nil as long as they have one.
    let account: ContactID?
}

extension FactRecorder {
    /// The contact behind the participant, found by any handle, made when there is none. Handles that the participant
    /// brings along are added: both in one webhook is Meta's own evidence that they are one person, and where two
    /// contacts have them these are merged: see ``NamedHandles``. What only a CRM or a list said so far is proven with it,
    /// or moves to whom it really belongs to.
    ///
    /// - Parameters:
    ///   - at: Meta's time. What was said before a handle changed hands is of who had it then.
    ///   - wamid: of the event, kept as the evidence.
    mutating func correspondent(
        of participant: Participant, on number: RoutingTable.Number, at: Timestamp, wamid: String,
        evidence: String = "webhook"
    ) throws -> Correspondent {
        let key = ParticipantKey(workspace: number.workspace, portfolio: number.portfolioID, participant: participant)
        if let known = contacts[key] { return known }
        let claims = handleClaims(of: participant, on: number)
        var owners = try claims.map { try owner(of: $0, at: at, in: number.workspace) }
        var found = try identify(claims, owners, in: number.workspace)
        if let joined = found, !joined.same.isEmpty {
            try join([joined.owner.contact] + joined.same, because: wamid, in: number.workspace)
            owners = try claims.map { try owner(of: $0, at: at, in: number.workspace) }
            found = try identify(claims, owners, in: number.workspace)
        }
        let known = found?.owner
        let person =
            try known?.correspondent
            ?? Correspondent(contact: makeContact(participant, claims: claims, in: number.workspace), account: nil)
        contacts[key] = person
        // News from before a handle changed hands says who it is, and nothing of what holds today.
        guard !(known?.isPast ?? false) else { return person }
        var isChanged = try known.map { try refresh($0, from: participant, in: number.workspace) } ?? false
        for (claim, owner) in zip(claims, owners)
        where !(owner.map { $0.isPast || $0.holds(claim, as: person) } ?? false) {
            try assign(claim, to: person, in: number.workspace, evidence: evidence)
            isChanged = true
            if claim.isToldToCRMs, known != nil { changedContacts[person.contact] = number.workspace }
        }
        // Somebody new is searched by all this already.
        if isChanged, known != nil { try noteHandles(of: person.contact, in: number.workspace) }
        return person
    }

    /// The contact has other handles now: it is searched by them, and whoever compares contacts looks at it.
    func noteHandles(of contact: ContactID, in workspace: WorkspaceID) throws {
        try connection.writeSearchText(of: contact, in: workspace)
        try connection.touch(contact, in: workspace, at: now)
    }

    func handleClaims(of participant: Participant, on number: RoutingTable.Number) -> [HandleClaim] {
        var claims: [HandleClaim] = []
        if let waID = participant.waID {
            claims.append(HandleClaim(kind: "phone", scope: "", value: store.canonicalPhone(waID), address: waID))
        }
        if let userID = participant.userID {
            claims.append(HandleClaim(kind: "bsuid", scope: number.portfolioID, value: userID, address: userID))
        }
        if let parent = participant.parentUserID {
            claims.append(HandleClaim(kind: "parent_bsuid", scope: "", value: parent, address: parent))
        }
        return claims
    }

    private func makeContact(
        _ participant: Participant, claims: [HandleClaim], in workspace: WorkspaceID
    ) throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        let text = ContactText(
            profileName: participant.profileName ?? "", username: participant.username,
            addresses: claims.reversed().flatMap { [$0.address, $0.value] })
        try connection.execute(
            """
            INSERT INTO contact
                (id, workspace_id, profile_name, username, search_text, sort_name, created_at, updated_at)
            VALUES (:id, :workspace_id, :profile_name, :username, :search_text, :sort_name, :now, :now)
            """,
            [
                "id": id, "workspace_id": workspace, "profile_name": participant.profileName ?? "",
                "username": participant.username, "search_text": text.text, "sort_name": text.sortName, "now": now,
            ])
        return id
    }

    /// The names of an account of a merged person stay that account's: an undo finds them so.
    /// - Returns: whether a name changed.
    private mutating func refresh(
        _ known: HandleOwner, from participant: Participant, in workspace: WorkspaceID
    ) throws -> Bool {
        let name = participant.profileName ?? known.profileName
        let username = participant.username ?? known.username
        guard name != known.profileName || username != known.username else { return false }
        if name != known.profileName { changedContacts[known.contact] = workspace }
        try connection.execute(
            """
            UPDATE contact
            SET profile_name = :profile_name, username = :username, updated_at = :now
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "profile_name": name, "username": username, "now": now, "workspace_id": workspace,
                "id": known.account ?? known.contact,
            ])
        return true
    }

    /// Gives the handle to the contact. Where another contact had it, that holding ends and stays in the history.
    func assign(
        _ claim: HandleClaim, to person: Correspondent, in workspace: WorkspaceID, evidence: String
    ) throws {
        try connection.end(claim, in: workspace, at: now)
        try connection.execute(
            """
            INSERT INTO handle
                (id, workspace_id, contact_id, account_id, kind, scope, value, address, valid_from, evidence)
            VALUES
                (:id, :workspace_id, :contact_id, :account_id, :kind, :scope, :value, :address, :now, :evidence)
            """,
            [
                "id": store.ids.next(HandleRow.self), "workspace_id": workspace, "contact_id": person.contact,
                "account_id": person.account, "kind": claim.kind, "scope": claim.scope, "value": claim.value,
                "address": claim.address, "now": now, "evidence": evidence,
            ])
    }
}

extension SQLConnection {
    /// The contact has changed now.
    func touch(_ contact: ContactID, in workspace: WorkspaceID, at now: Timestamp) throws {
        try execute(
            "UPDATE contact SET updated_at = :now WHERE workspace_id = :workspace_id AND id = :id AND updated_at < :now",
            ["now": now, "workspace_id": workspace, "id": contact])
    }
}
