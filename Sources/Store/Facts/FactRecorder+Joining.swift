import Domain

extension FactRecorder {
    /// Whom handles that were named together say that it is.
    struct Identified {
        let owner: HandleOwner
        /// Further contacts who are the same person.
        let same: [ContactID]
    }

    /// Nil when it is somebody new.
    func identify(
        _ claims: [HandleClaim], _ owners: [HandleOwner?], in workspace: WorkspaceID
    ) throws -> Identified? {
        let known = owners.compactMap(\.self)
        guard let first = known.first else { return nil }
        // Nearly always: all handles are one contact's, by Meta's own word.
        let isPlain =
            known.count == claims.count
            && known.allSatisfy { $0.correspondent == first.correspondent && !$0.isClaim && !$0.hasEnded }
        if isPlain { return Identified(owner: first, same: []) }
        let evidence = NamedHandles(
            try zip(claims, owners).compactMap { claim, owner in
                guard let handle = claim.handle else { return nil }
                return (handle, try owner.map { try holder($0, in: workspace) })
            })
        switch evidence.verdict {
        case .nobody: return nil
        case .contact(let contact, let same):
            // The strongest handle says which of a merged person's accounts it is.
            let strongest = zip(claims, owners).filter { $0.1?.contact == contact }
                .max { $0.0.strength < $1.0.strength }
            let joinable = try joinable(same, with: contact, in: workspace)
            return strongest?.1.map { Identified(owner: $0, same: joinable) }
        }
    }

    func holder(_ owner: HandleOwner, in workspace: WorkspaceID) throws -> NamedHandles.Holder {
        NamedHandles.Holder(
            owner.contact, handles: try provenHandles(of: owner.correspondent, in: workspace), isProven: !owner.isClaim)
    }

    /// By which WhatsApp knows an account.
    private func provenHandles(
        of person: Correspondent, in workspace: WorkspaceID
    ) throws -> Set<NamedHandles.Handle> {
        let rows = try connection.rows(
            """
            SELECT kind, scope, value, account_id FROM handle
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND valid_to IS NULL
                AND evidence NOT IN \(HandleEvidence.claimList) AND kind IN ('phone', 'bsuid', 'parent_bsuid')
            """, ["workspace_id": workspace, "contact_id": person.contact])
        return Set(
            try rows.compactMap { row in
                let account: ContactID? = try row.get("account_id")
                guard account == person.account, let kind = HandleKind(rawValue: try row.get("kind")) else {
                    return nil
                }
                return NamedHandles.Handle(kind, scope: try row.get("scope"), try row.get("value"))
            })
    }

    /// Those of them who may become one with the contact, and with each other: two whom a person told apart are not joined
    /// by way of a third.
    func joinable(
        _ others: [ContactID], with contact: ContactID, in workspace: WorkspaceID
    ) throws -> [ContactID] {
        var joined = [contact]
        for other in others where try joined.allSatisfy({ try mayJoin(other, $0, in: workspace) }) {
            joined.append(other)
        }
        return Array(joined.dropFirst())
    }

    /// Whether no person has said that these two are not the same.
    private func mayJoin(_ one: ContactID, _ other: ContactID, in workspace: WorkspaceID) throws -> Bool {
        let pair = DuplicatePair(one, other)
        return try connection.row(
            """
            SELECT 1 AS one FROM duplicate
            WHERE workspace_id = :workspace_id AND contact_a = :a AND contact_b = :b AND state = 'dismissed'
            """, ["workspace_id": workspace, "a": pair.a, "b": pair.b]) == nil
    }

    /// Meta says that these are one person. The oldest contact stays.
    /// - Parameter wamid: of the event that says so.
    mutating func join(_ contacts: [ContactID], because wamid: String, in workspace: WorkspaceID) throws {
        // What the batch holds back of their conversations is written before these change hands.
        try writeConversations()
        conversations.removeAll()
        try liftUnreachable()
        let contacts = Set(contacts).sorted()
        guard let oldest = contacts.first else { return }
        for contact in contacts.dropFirst() {
            let merge = try store.merge(
                contact, into: oldest, choices: MergeChoices(), draft: .meta(wamid), connection, in: workspace, at: now)
            report = report.joined(with: merge.report)
            changedContacts[contact] = nil
            if let reply = consentReplies.removeValue(forKey: contact) { keep(reply, for: oldest) }
        }
        changedContacts[oldest] = workspace
        self.contacts.removeAll()
    }
}

extension HandleClaim {
    /// Nil for a kind that is no evidence of who writes.
    var handle: NamedHandles.Handle? {
        HandleKind(rawValue: kind).map { NamedHandles.Handle($0, scope: scope, value) }
    }

    fileprivate var strength: Int { HandleKind(rawValue: kind)?.strength ?? 0 }
}
