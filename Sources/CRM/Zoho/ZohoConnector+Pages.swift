package import Domain

extension ZohoConnector {
    /// Links lead to the data centre's own pages and nowhere else, whatever answers in its place.
    package func pages() async throws(CallFailure) -> RemotePages? {
        guard let id = try await organisation()?.zgid?.text, Self.isRecordID(id) else { return nil }
        let contacts = "\(api.settings.dataCenter.pagesURL)/crm/org\(id)/tab/Contacts"
        return RemotePages(account: contacts, contact: "\(contacts)/")
    }
}
