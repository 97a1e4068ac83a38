import Domain

extension ChangeJournal {
    /// Puts a contact into a state, or says another reason for it. The contact is locked.
    /// - Returns: whether anything changed.
    @discardableResult
    mutating func setState(
        _ state: ContactState, of contact: ContactID, reason: String, by actor: String, at now: Timestamp
    ) throws -> Bool {
        let key: SQLArguments = ["contact_id": contact, "state": state]
        let known = try connection.value(
            """
            SELECT reason FROM contact_state
            WHERE workspace_id = :workspace_id AND contact_id = :contact_id AND state = :state
            """, ["workspace_id": workspace, "contact_id": contact, "state": state], as: String.self)
        guard known != reason else { return false }
        if known == nil {
            try insert(
                .contactState,
                SQLArguments(key.pairs + [(name: "since", value: now.sqlValue)] + said(reason, actor).pairs),
                of: contact)
        } else {
            try update(.contactState, key: key, set: said(reason, actor), of: contact)
        }
        return true
    }

    private func said(_ reason: String, _ actor: String) -> SQLArguments {
        ["actor": actor, "reason": reason]
    }

    /// - Returns: whether the contact was in it.
    @discardableResult
    mutating func clearState(_ state: ContactState, of contact: ContactID) throws -> Bool {
        try delete(.contactState, key: ["contact_id": contact, "state": state], of: contact)
    }
}
