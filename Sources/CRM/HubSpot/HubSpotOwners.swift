import Domain

/// Those who may own contacts, archived ones last.
/// Source: HubSpot, "Owners" (v3): `results[]` with `id`, `email`, `firstName`, `lastName`, `archived`.
struct HubSpotOwners {
    private static let perPage = 500

    let api: HubSpotAPI

    fileprivate struct Page: Decodable {
        let results: [Owner]
        let paging: HubSpotPaging?
    }

    fileprivate struct Owner: Decodable {
        let id: LooseText
        let email: String?
        let firstName: String?
        let lastName: String?
        let archived: Bool?
    }

    func all() async throws(CallFailure) -> [RemoteUser] {
        let active = try await owners(archived: false)
        return active + (try await owners(archived: true))
    }

    private func owners(archived: Bool) async throws(CallFailure) -> [RemoteUser] {
        var users: [RemoteUser] = []
        var after: String?
        repeat {
            let behind = after.map { "&after=\(FormBody.escaped($0))" } ?? ""
            let page: Page = try await api.get(
                "\(api.paths.owners)?limit=\(Self.perPage)&archived=\(archived)\(behind)")
            users += page.results.compactMap { $0.user(isActive: !archived) }
            after = page.results.isEmpty ? nil : page.paging?.next?.after
        } while after != nil && users.count < UserDirectory.maxUsers
        return users
    }
}

extension HubSpotOwners.Owner {
    fileprivate func user(isActive: Bool) -> RemoteUser? {
        guard let id = id.text, HubSpotConnector.isRecordID(id) else { return nil }
        let name = [firstName, lastName].compactMap(\.self).joined(separator: " ")
        return RemoteUser(id: id, email: email, name: name, isActive: isActive && archived != true)
    }
}
