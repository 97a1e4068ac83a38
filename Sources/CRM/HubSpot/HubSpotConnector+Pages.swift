package import Domain

extension HubSpotConnector {
    package func pages() async throws(CallFailure) -> RemotePages? {
        let account: HubSpotAccount = try await api.get(api.paths.account)
        return account.pages
    }
}

/// What HubSpot says of an account.
/// Source: account information API, `GET /account-info/{version}/details`.
struct HubSpotAccount: Decodable {
    let portalId: Int64
    let accountType: String?
    let timeZone: String?
    /// The host of its pages, by data centre: `app.hubspot.com`, `app-eu1.hubspot.com`.
    let uiDomain: String?

    /// `0-1` is the type of contacts.
    var pages: RemotePages {
        let account = "https://\(host)/contacts/\(portalId)"
        return RemotePages(account: account, contact: "\(account)/record/0-1/")
    }

    /// Links lead to HubSpot and nowhere else, whatever answers in its place.
    private var host: String {
        guard let uiDomain, uiDomain.wholeMatch(of: /[a-z0-9-]+\.hubspot\.com/) != nil else { return "app.hubspot.com" }
        return uiDomain
    }
}
