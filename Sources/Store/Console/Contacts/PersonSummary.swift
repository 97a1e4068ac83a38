package import Domain

/// What names a customer in a list.
package struct PersonSummary: Hashable, Sendable {
    package let id: ContactID
    /// As the company knows the person; empty when it does not.
    package let name: String
    /// As the person calls themself on WhatsApp; may be empty.
    package let profileName: String
    /// Without "@".
    package let username: String?
    /// Digits as Meta writes them; nil while no phone is known.
    package let phone: String?
    /// The BSUID; nil while none is known.
    package let userID: String?

    /// The company's name for the person, else their own; nil when there is neither.
    package var displayName: String? {
        [name, profileName].first { !$0.allSatisfy(\.isWhitespace) }
    }
}

extension PersonSummary {
    /// The columns that `init(_:)` reads, of the contact with the alias `p`.
    static let columns = """
        p.id AS person_id, p.name AS person_name, p.profile_name AS person_profile_name,
            p.username AS person_username, \(handle("phone")) AS person_phone, \(handle("bsuid")) AS person_user_id
        """

    init(_ row: SQLRow) throws {
        id = try row.get("person_id")
        name = try row.get("person_name")
        profileName = try row.get("person_profile_name")
        username = try row.get("person_username")
        phone = try row.get("person_phone")
        userID = try row.get("person_user_id")
    }

    /// For a LEFT JOIN: nil where there is no contact.
    static func ifPresent(_ row: SQLRow) throws -> PersonSummary? {
        try row.get("person_id", as: ContactID?.self) == nil ? nil : PersonSummary(row)
    }

    /// The newest address of a kind that holds.
    static func handle(_ kind: String) -> String {
        """
        (SELECT h.address FROM handle h
            WHERE h.workspace_id = p.workspace_id AND h.contact_id = p.id AND h.kind = '\(kind)'
                AND h.valid_to IS NULL
            ORDER BY CASE WHEN h.account_id IS NULL OR h.account_id = h.contact_id THEN 0 ELSE 1 END,
                h.valid_from DESC, h.id DESC LIMIT 1)
        """
    }
}
