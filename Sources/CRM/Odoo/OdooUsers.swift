import Domain

/// The company's own people, archived ones too; not those who only see the portal.
/// Source: Odoo, `res.users`, whose `email` is its partner's.
struct OdooUsers {
    let api: OdooAPI

    private struct Row: Decodable, Sendable {
        let id: Int64
        let name: OdooValue?
        let login: OdooValue?
        let email: OdooValue?
        let active: Bool?
    }

    func all() async throws(CallFailure) -> [RemoteUser] {
        let rows: [Row] = try await api.call(
            .searchRead(
                "res.users", [["share", "=", false]], fields: ["name", "login", "email", "active"],
                order: "active desc, id asc", limit: UserDirectory.maxUsers))
        return rows.map { row in
            // Most people sign in with their address.
            RemoteUser(
                id: String(row.id), email: row.email?.text ?? row.login?.text, name: row.name?.text ?? "",
                isActive: row.active != false)
        }
    }
}
