import Domain

extension FactRecorder {
    /// Takes the locks of everybody whom the batch speaks of, and of the messages that it brings news of, in one order on
    /// all nodes. Where an update names handles of several contacts, these may turn out to be one person: then their other
    /// handles are locked with them.
    func lockContacts(of bodies: [InterpretedBody]) throws {
        guard connection.dialect == .postgres else { return }
        var keys: [WorkspaceID: Set<String>] = [:]
        var groups: [WorkspaceID: [[HandleClaim]]] = [:]
        for update in bodies.flatMap({ $0.updates[$0.positions] }) {
            guard let id = update.phoneNumberID, let number = routes.numbers[id], !update.participants.isEmpty
            else { continue }
            let claims = update.participants.flatMap { handleClaims(of: $0, on: number) }
            keys[number.workspace, default: []].formUnion(claims.map(\.key))
            if claims.count > 1 { groups[number.workspace, default: []].append(claims) }
            if let wamid = update.outboundWamid { keys[number.workspace, default: []].insert(.wamid(wamid)) }
        }
        for (workspace, keys) in keys.sorted(by: { $0.key < $1.key }) {
            let others = try handlesOfOthers(groups[workspace] ?? [], in: workspace)
            try connection.lock(Array(keys.union(others)), in: workspace)
        }
    }

    private func handlesOfOthers(_ groups: [[HandleClaim]], in workspace: WorkspaceID) throws -> [String] {
        let owners = try owners(of: groups.flatMap(\.self), in: workspace)
        let people = groups.map { Set($0.compactMap { owners[$0.key] }) }.filter { $0.count > 1 }
        let contacts = people.reduce(into: Set<ContactID>()) { $0.formUnion($1) }
        return contacts.isEmpty ? [] : try connection.handleKeys(of: contacts.sorted(), in: workspace)
    }

    /// Of all claims at once, a question for each kind and scope.
    private func owners(of claims: [HandleClaim], in workspace: WorkspaceID) throws -> [String: ContactID] {
        var owners: [String: ContactID] = [:]
        for claims in Dictionary(grouping: claims, by: { [$0.kind, $0.scope] }).values {
            guard let first = claims.first else { continue }
            let list = SQLValueList("value", Set(claims.map(\.value)).sorted())
            let rows = try connection.rows(
                """
                SELECT value, contact_id FROM handle
                WHERE workspace_id = :workspace_id AND kind = :kind AND scope = :scope AND value IN \(list.sql)
                    AND valid_to IS NULL
                """, list.arguments(["workspace_id": workspace, "kind": first.kind, "scope": first.scope]))
            for row in rows {
                owners["\(first.kind)\(first.scope)\(try row.get("value", as: String.self))"] = try row.get(
                    "contact_id")
            }
        }
        return owners
    }
}

extension HandleClaim {
    /// What is locked before the handle is looked up or given away.
    var key: String { "\(kind)\(scope)\(value)" }
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
        case .identityChange(let change): [change.previous, change.current].filter(\.isIdentified)
        case .preference(let preference): [preference.participant]
        default: []
        }
    }
}
