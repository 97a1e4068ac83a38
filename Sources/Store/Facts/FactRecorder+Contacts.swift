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
}

extension FactRecorder {
    /// The contact behind the participant, found by any handle, made when there is none. Handles that the participant
    /// brings along are added: both in one webhook is Meta's own evidence that they are one person.
    mutating func contact(of participant: Participant, on number: RoutingTable.Number) throws -> ContactID {
        let key = ParticipantKey(workspace: number.workspace, portfolio: number.portfolioID, participant: participant)
        if let known = contacts[key] { return known }
        let claims = handleClaims(of: participant, on: number)
        let owners = try claims.map { try owner(of: $0, in: number.workspace) }
        let contact: ContactID
        if let known = owners.compactMap(\.self).first {
            contact = known.contact
            try refresh(known, from: participant, in: number.workspace)
        } else {
            contact = try makeContact(participant, claims: claims, in: number.workspace)
        }
        for (claim, owner) in zip(claims, owners) where owner?.contact != contact || owner?.address != claim.address {
            try assign(claim, to: contact, in: number.workspace, evidence: "webhook")
        }
        contacts[key] = contact
        return contact
    }

    /// Takes the locks of everybody whom the batch speaks of, in one order on all nodes.
    func lockContacts(of bodies: [InterpretedBody]) throws {
        guard connection.dialect == .postgres else { return }
        var keys: [WorkspaceID: Set<String>] = [:]
        for update in bodies.flatMap(\.updates) {
            guard let participant = update.participant, let id = update.phoneNumberID, let number = routes.numbers[id]
            else { continue }
            keys[number.workspace, default: []].formUnion(
                handleClaims(of: participant, on: number).map { "\($0.kind)\($0.scope)\($0.value)" })
        }
        for (workspace, keys) in keys.sorted(by: { $0.key < $1.key }) {
            try connection.lock(Array(keys), in: workspace)
        }
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

    struct HandleOwner {
        let contact: ContactID
        let address: String
        let profileName: String
        let username: String?
    }

    func owner(of claim: HandleClaim, in workspace: WorkspaceID) throws -> HandleOwner? {
        let row = try connection.row(
            """
            SELECT h.contact_id, h.address, c.profile_name, c.username
            FROM handle h
            JOIN contact c ON c.id = h.contact_id AND c.workspace_id = h.workspace_id
            WHERE h.workspace_id = :workspace_id AND h.kind = :kind AND h.scope = :scope AND h.value = :value
                AND h.valid_to IS NULL
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value])
        return try row.map {
            HandleOwner(
                contact: try $0.get("contact_id"), address: try $0.get("address"),
                profileName: try $0.get("profile_name"), username: try $0.get("username"))
        }
    }

    private func makeContact(
        _ participant: Participant, claims: [HandleClaim], in workspace: WorkspaceID
    ) throws -> ContactID {
        let id = store.ids.next(ContactRow.self)
        try connection.execute(
            """
            INSERT INTO contact (id, workspace_id, profile_name, username, search_text, created_at, updated_at)
            VALUES (:id, :workspace_id, :profile_name, :username, :search_text, :now, :now)
            """,
            [
                "id": id, "workspace_id": workspace, "profile_name": participant.profileName ?? "",
                "username": participant.username, "search_text": searchText(participant, claims), "now": now,
            ])
        return id
    }

    private func searchText(_ participant: Participant, _ claims: [HandleClaim]) -> String {
        ([participant.profileName, participant.username] + claims.map(\.address)).compactMap(\.self)
            .joined(separator: " ").lowercased()
    }

    private func refresh(_ known: HandleOwner, from participant: Participant, in workspace: WorkspaceID) throws {
        let name = participant.profileName ?? known.profileName
        let username = participant.username ?? known.username
        guard name != known.profileName || username != known.username else { return }
        try connection.execute(
            """
            UPDATE contact
            SET profile_name = :profile_name, username = :username, updated_at = :now,
                search_text = search_text || ' ' || :added
            WHERE workspace_id = :workspace_id AND id = :id
            """,
            [
                "profile_name": name, "username": username, "now": now,
                "added": [name, username ?? ""].joined(separator: " ").lowercased(), "workspace_id": workspace,
                "id": known.contact,
            ])
    }

    /// Gives the handle to the contact. Where another contact had it, that holding ends and stays in the history.
    func assign(
        _ claim: HandleClaim, to contact: ContactID, in workspace: WorkspaceID, evidence: String
    ) throws {
        try connection.execute(
            """
            UPDATE handle SET valid_to = :now
            WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value = :value
                AND valid_to IS NULL
            """,
            [
                "now": now, "workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value,
            ])
        try connection.execute(
            """
            INSERT INTO handle (id, workspace_id, contact_id, kind, scope, value, address, valid_from, evidence)
            VALUES (:id, :workspace_id, :contact_id, :kind, :scope, :value, :address, :now, :evidence)
            """,
            [
                "id": store.ids.next(HandleRow.self), "workspace_id": workspace, "contact_id": contact,
                "kind": claim.kind, "scope": claim.scope, "value": claim.value, "address": claim.address, "now": now,
                "evidence": evidence,
            ])
    }
}

extension Update {
    /// The customer it is about.
    fileprivate var participant: Participant? {
        switch fact {
        case .message(let message): message.participant
        case .status(let status): status.recipient
        case .identityChange(let change): change.previous.isIdentified ? change.previous : change.current
        default: nil
        }
    }
}
