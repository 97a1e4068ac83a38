package import Domain

extension OdooConnector {
    /// From 18 on pages have addresses of their own; before, all is behind the number sign.
    package func pages() async throws(CallFailure) -> RemotePages? {
        let base = api.settings.baseURL
        guard try await api.session().majorVersion >= 18 else {
            let list = "\(base)/web#model=res.partner"
            return RemotePages(account: "\(list)&view_type=kanban", contact: "\(list)&view_type=form&id=")
        }
        return RemotePages(account: "\(base)/odoo/res.partner", contact: "\(base)/odoo/res.partner/")
    }
}
