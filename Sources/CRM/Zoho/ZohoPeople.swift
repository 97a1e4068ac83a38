import Domain

/// The organisation's users, those who were deactivated and deleted too.
/// Source: Zoho's published OpenAPI file `users` (v8.0): `users[]` with `id`, `full_name`, `email`, `status`.
struct ZohoPeople {
    private static let perPage = 200

    let api: ZohoAPI

    fileprivate struct Page: Decodable {
        let users: [User]
        let info: ZohoPage.Info?
    }

    fileprivate struct User: Decodable {
        let id: LooseText
        let full_name: String?
        let email: String?
        let status: String?
    }

    func all() async throws(CallFailure) -> [RemoteUser] {
        var users: [RemoteUser] = []
        for number in 1...(UserDirectory.maxUsers / Self.perPage) {
            let page: Page? = try await api.get("/users?type=AllUsers&page=\(number)&per_page=\(Self.perPage)")
            users += (page?.users ?? []).compactMap(\.user)
            guard page?.info?.more_records == true else { break }
        }
        return users
    }
}

extension ZohoPeople.User {
    fileprivate var user: RemoteUser? {
        guard let id = id.text, ZohoConnector.isRecordID(id) else { return nil }
        return RemoteUser(id: id, email: email, name: full_name ?? "", isActive: status == "active")
    }
}
