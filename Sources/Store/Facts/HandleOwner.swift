import Domain

/// Who has a handle, or had it when what is recorded was said.
struct HandleOwner {
    let contact: ContactID
    let account: ContactID?
    let address: String
    /// Nobody but a CRM or a list says that it is the contact's.
    let isClaim: Bool
    let hasEnded: Bool
    /// It has ended since what is recorded was said.
    let isPast: Bool
    let profileName: String
    let username: String?

    var correspondent: Correspondent { Correspondent(contact: contact, account: account) }

    /// Whether nothing is to be written: it is the person's by Meta's evidence, spelled like this.
    func holds(_ claim: HandleClaim, as person: Correspondent) -> Bool {
        contact == person.contact && account == person.account && !hasEnded && address == claim.address && !isClaim
    }
}

extension FactRecorder {
    /// Who has the handle; where nobody has it, who had it when it was named. A phone number may have gone to somebody else
    /// since; a user id of Meta's never does, however late its news are.
    /// - Parameter at: Meta's time of what names the handle.
    func owner(of claim: HandleClaim, at: Timestamp, in workspace: WorkspaceID) throws -> HandleOwner? {
        var arguments: SQLArguments = [
            "workspace_id": workspace, "kind": claim.kind, "scope": claim.scope, "value": claim.value,
        ]
        if let row = try connection.row(Self.ownerSQL("h.valid_to IS NULL", "+h.id"), arguments) {
            return try HandleOwner(row, at: at)
        }
        var wasTheirs = "h.valid_to IS NOT NULL"
        if claim.kind == HandleKind.phone.rawValue {
            wasTheirs += " AND h.valid_to > :at"
            arguments.set("at", at)
        }
        return try connection.row(Self.ownerSQL(wasTheirs, "h.valid_to DESC, h.id DESC"), arguments)
            .map { try HandleOwner($0, at: at) }
    }

    /// Who has the handle now.
    func owner(of claim: HandleClaim, in workspace: WorkspaceID) throws -> HandleOwner? {
        try owner(of: claim, at: now, in: workspace)
    }

    /// The names are those of the account that has the handle.
    private static func ownerSQL(_ condition: String, _ order: String) -> String {
        """
        SELECT h.contact_id, h.account_id, h.kind, h.address, h.evidence, h.valid_to,
            COALESCE(o.profile_name, c.profile_name) AS profile_name,
            CASE WHEN o.id IS NULL THEN c.username ELSE o.username END AS username
        FROM handle h
        JOIN contact c ON c.id = h.contact_id AND c.workspace_id = h.workspace_id
        LEFT JOIN contact o ON o.id = h.account_id AND o.workspace_id = h.workspace_id
        WHERE h.workspace_id = :workspace_id AND h.kind = :kind AND h.scope = :scope AND h.value = :value
            AND \(condition)
        ORDER BY \(order) LIMIT 1
        """
    }
}

extension HandleOwner {
    fileprivate init(_ row: SQLRow, at: Timestamp) throws {
        let end: Timestamp? = try row.get("valid_to")
        contact = try row.get("contact_id")
        account = try row.get("account_id")
        address = try row.get("address")
        isClaim = HandleEvidence.isClaim(try row.get("evidence"))
        hasEnded = end != nil
        // Meta's times are whole seconds; a number may be another's from the next one on, a user id never is.
        let slack: Duration = try row.get("kind") == HandleKind.phone.rawValue ? .zero : .minutes(1)
        isPast = end.map { $0 + slack > at } ?? false
        profileName = try row.get("profile_name")
        username = try row.get("username")
    }
}
