package import Domain
package import Secrets

/// A person who works with the console.
package struct StaffAccount: Sendable {
    package enum Role: String, Codable, CaseIterable, Sendable, SQLConvertible { case agent, admin }

    package let id: StaffID
    package let workspace: WorkspaceID
    /// Folded to lower case.
    package let email: String
    package let name: String
    package let role: Role
    package let passwordHash: PasswordHash
    /// Nil: as the browser asks.
    package let language: Language?
    /// `light`, `dark`; nil: as the system is.
    package let theme: String?
    package let createdAt: Timestamp
    package let disabledAt: Timestamp?
}

extension StaffAccount {
    static let columns = """
        s.id, s.workspace_id, s.email, s.name, s.role, s.password_hash, s.language, s.theme, s.created_at,
            s.disabled_at
        """

    init(_ row: SQLRow) throws {
        id = try row.get("id")
        workspace = try row.get("workspace_id")
        email = try row.get("email")
        name = try row.get("name")
        role = try row.get("role")
        passwordHash = PasswordHash(rawValue: try row.get("password_hash"))
        language = try row.get("language", as: String?.self).flatMap(Language.init)
        theme = try row.get("theme")
        createdAt = try row.get("created_at")
        disabledAt = try row.get("disabled_at")
    }

    /// How an address is kept and looked for.
    package static func folded(_ email: String) -> String {
        String(email.split(whereSeparator: \.isWhitespace).joined().prefix(320)).lowercased()
    }
}
