import Domain
import Store

extension ConsoleAPI {
    var accountOperations: [APIOperation] {
        [
            .get("listNumbers", "/api/v1/numbers", listNumbers),
            .get("listConnections", "/api/v1/connections", listConnections),
            .list("listTemplates", "/api/v1/templates", listTemplates),
            .get("getTemplate", "/api/v1/templates/{template}", getTemplate),
            .post("refreshTemplates", "/api/v1/templates/refreshes", body: .none, repeats: .harmless, refreshAll),
        ]
    }

    private func listNumbers(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await store.numbers(in: request.workspace)) { views.number($0) }
    }

    private func listConnections(_ request: APIRequest) async throws -> APIAnswer {
        let overview = try await store.connectionsOverview(in: request.workspace)
        let views = views(request)
        return .all(overview.connections) { views.connection($0, in: overview) }
    }

    private func listTemplates(_ request: APIRequest) async throws -> APIAnswer {
        let page = try await store.templates(
            before: cursor.open(request), limit: request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.template($0) }
    }

    /// Asks Meta now. Accounts of other workspaces are read as well, and not told of.
    private func refreshAll(_ request: APIRequest) async throws -> APIAnswer {
        let failures = try await refreshTemplates()
        let accounts = Set(try await store.numbers(in: request.workspace).map(\.wabaID))
        let told = failures.filter { accounts.contains($0.key) }.sorted { $0.key < $1.key }.map { waba, failure in
            [
                "waba_id": waba, "code": failure.code, "advice": failure.advice[request.language],
            ] as JSONObject
        }
        return .ok(["failures": told] as JSONObject)
    }

    private func getTemplate(_ request: APIRequest) async throws -> APIAnswer {
        guard let template = try await store.template(try request.id("template"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).template(template))
    }
}
