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

extension FactRecorder {
    /// The contact behind the participant, found by any handle, made when there is none. Handles that the participant
    /// brings along are added: both in one webhook is Meta's own evidence that they are one person. What only a CRM said
    /// so far is proven with it, or moves to whom it really belongs to.
    mutating func contact(of participant: Participant, on number: RoutingTable.Number) throws -> ContactID {
        let key = ParticipantKey(workspace: number.workspace, portfolio: number.portfolioID, participant: participant)
        if let known = contacts[key] { return known }
        let claims = handleClaims(of: participant, on: number)
        let owners = try claims.map { try owner(of: $0, in: number.workspace) }
        let known = try known(among: owners, in: number.workspace)
        let contact = try known?.contact ?? makeContact(participant, claims: claims, in: number.workspace)
        var isChanged = try known.map { try refresh($0, from: participant, in: number.workspace) } ?? false
        for (claim, owner) in zip(claims, owners) where !(owner?.holds(claim, as: contact) ?? false) {
            try assign(claim, to: contact, in: number.workspace, evidence: "webhook")
            isChanged = true
            if claim.isToldToCRMs, owners.contains(where: { $0 != nil }) { changedContacts[contact] = number.workspace }
        }
        // Somebody new is searched by all this already.
        if isChanged, known != nil { try connection.writeSearchText(of: contact, in: number.workspace) }
        contacts[key] = contact
        return contact
    }

    /// Meta's evidence comes first. A phone that only a CRM says is somebody's finds a contact of whom WhatsApp knows
    /// nothing else: it may be mistyped, and what its true owner writes must not land in another's conversation.
    private func known(among owners: [HandleOwner?], in workspace: WorkspaceID) throws -> HandleOwner? {
        let owners = owners.compactMap(\.self)
        if let proven = owners.first(where: { !$0.isFromCRM }) { return proven }
        return try owners.first { try !connection.isKnownToWhatsApp($0.contact, in: workspace) }
    }

    /// Takes the locks of everybody whom the batch speaks of, and of the messages that it brings news of, in one order on
    /// all nodes.
    func lockContacts(of bodies: [InterpretedBody]) throws {
        guard connection.dialect == .postgres else { return }
        var keys: [WorkspaceID: Set<String>] = [:]
        for update in bodies.flatMap({ $0.updates[$0.positions] }) {
            guard let id = update.phoneNumberID, let number = routes.numbers[id], !update.participants.isEmpty
            else { continue }
            keys[number.workspace, default: []].formUnion(
                update.participants.flatMap { handleClaims(of: $0, on: number) }
                    .map { "\($0.kind)\($0.scope)\($0.value)" })
            if let wamid = update.outboundWamid { keys[number.workspace, default: []].insert(.wamid(wamid)) }
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
        let isFromCRM: Bool
        let profileName: String
        let username: String?

        /// Whether nothing is to be written: it is the contact's by Meta's evidence, spelled like this.
        func holds(_ claim: HandleClaim, as contact: ContactID) -> Bool {
            self.contact == contact && address == claim.address && !isFromCRM
        }
    }

    func owner(of claim: HandleClaim, in workspace: WorkspaceID) throws -> HandleOwner? {
        let row = try connection.row(
            """
            SELECT h.contact_id, h.address, h.evidence, c.profile_name, c.username
            FROM handle h
            JOIN contact c ON c.id = h.contact_id AND c.workspace_id = h.workspace_id
            WHERE h.workspace_id = :workspace_id AND h.kind = :kind AND h.scope = :scope AND h.value = :value
                AND h.valid_to IS NULL
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value])
        return try row.map {
            HandleOwner(
                contact: try $0.get("contact_id"), address: try $0.get("address"),
                isFromCRM: try $0.get("evidence") == "crm", profileName: try $0.get("profile_name"),
                username: try $0.get("username"))
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
                "id": known.contact,
            ])
        return true
    }

    /// Gives the handle to the contact. Where another contact had it, that holding ends and stays in the history.
    func assign(
        _ claim: HandleClaim, to contact: ContactID, in workspace: WorkspaceID, evidence: String
    ) throws {
        try connection.end(claim, in: workspace, at: now)
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
    /// Of a message of ours: what it says may come before the message itself is known.
    fileprivate var outboundWamid: String? {
        switch fact {
        case .message(let message) where message.origin == .echo: message.id
        case .status(let status): status.messageID
        default: nil
        }
    }

    /// The customer it is about, and whose number it brings.
    fileprivate var participants: [Participant] {
        switch fact {
        case .message(let message): [message.participant] + [message.sharedPhone].compactMap(\.self)
        case .status(let status): [status.recipient]
        case .identityChange(let change): [change.previous.isIdentified ? change.previous : change.current]
        default: []
        }
    }
}
