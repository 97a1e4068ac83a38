import Domain

extension SQLConnection {
    /// For `handle h`: a number that a list or a CRM told beside the contact's own: a household's, a switchboard's, an
    /// office's. People who share one are several.
    ///
    /// A contact's own number is what somebody better told of, else of what was told the newest, as sending has it (see
    /// ``ContactAddresses``).
    static var isFurtherPhone: String {
        """
        h.kind = 'phone' AND h.evidence IN \(HandleEvidence.claimList) AND EXISTS (
            SELECT 1 FROM handle own
            WHERE own.workspace_id = h.workspace_id AND own.contact_id = h.contact_id AND own.kind = 'phone'
                AND own.valid_to IS NULL AND own.id <> h.id
                AND (own.evidence NOT IN \(HandleEvidence.claimList) OR own.valid_from > h.valid_from
                    OR (own.valid_from = h.valid_from AND own.id > h.id))
        )
        """
    }

    /// Who is known by a handle: whoever has it, unless it is a further number of theirs that was only told.
    func contact(knownBy claim: HandleClaim, in workspace: WorkspaceID) throws -> ContactID? {
        try value(
            """
            SELECT h.contact_id FROM handle h
            WHERE h.workspace_id = :workspace_id AND h.kind = :kind AND h.scope = :scope AND h.value = :value
                AND h.valid_to IS NULL AND NOT (\(Self.isFurtherPhone))
            """,
            ["workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value])
    }
}
