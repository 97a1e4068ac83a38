package import Domain

extension GraphClient {
    /// State, name and quality of a number: the live check of a connection.
    package func phoneNumber(_ id: String, token: String) async throws(CallFailure) -> PhoneNumberInfo {
        let path = GraphPath(id, query: [("fields", PhoneNumberInfo.fields)])
        let answer = try await call("GET", path, as: .repeatable, deadline: Deadline.read, token: token)
        guard let info = PhoneNumberInfo(answer) else { throw .unexpectedAnswer("a number without an id") }
        return info
    }

    /// The apps that get this account's webhooks. Without ours among them none come.
    package func subscribedApps(wabaID: String, token: String) async throws(CallFailure) -> [SubscribedApp] {
        try await pages(of: "subscribed_apps", under: wabaID, token: token).compactMap(SubscribedApp.init)
    }

    /// What an app has Meta tell it. Asked with the app's own token, which is made of its id and secret.
    package func appSubscriptions(
        appID: String, appSecret: String
    ) async throws(CallFailure) -> [AppSubscription] {
        let answer = try await call(
            "GET", GraphPath(appID, "subscriptions"), as: .repeatable, deadline: Deadline.read,
            token: "\(appID)|\(appSecret)")
        return answer["data"].items.compactMap(AppSubscription.init)
    }

    /// Subscribes the token's app to the account's webhooks. Twice is the same as once.
    package func subscribeApp(wabaID: String, token: String) async throws(CallFailure) {
        _ = try await call(
            "POST", GraphPath(wabaID, "subscribed_apps"), as: .repeatable, deadline: Deadline.read, token: token)
    }

    /// Whether a token is alive, what it may do and until when.
    package func checkToken(_ token: String) async throws(CallFailure) -> TokenInfo {
        let path = GraphPath("debug_token", query: [("input_token", token)])
        let answer = try await call("GET", path, as: .repeatable, deadline: Deadline.read, token: token)
        return TokenInfo(answer["data"])
    }

    /// Every template of an account, in every language and state.
    package func templates(wabaID: String, token: String) async throws(CallFailure) -> [TemplateDefinition] {
        try await pages(of: "message_templates", under: wabaID, fields: TemplateDefinition.fields, token: token)
            .compactMap(TemplateDefinition.init)
    }

    /// The elements of every page. The cursor is followed, not the address in `next`, which may hold the token.
    private func pages(
        of edge: String, under id: String, fields: String? = nil, token: String
    ) async throws(CallFailure) -> [JSON] {
        var elements: [JSON] = []
        var cursor: String?
        // 6,000 templates is the most an account can have; more pages than this are a circle.
        for _ in 0..<500 {
            let path = GraphPath(id, edge, query: [("fields", fields), ("limit", "50"), ("after", cursor)])
            let page = try await call("GET", path, as: .repeatable, deadline: Deadline.read, token: token)
            elements += page["data"].items
            let next = page["paging"]["cursors"]["after"].text
            guard !page["paging"]["next"].isNull, let next, next != cursor else { return elements }
            cursor = next
        }
        throw .unexpectedAnswer("a list without an end")
    }
}
