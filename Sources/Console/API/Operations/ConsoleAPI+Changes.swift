import Domain
import Store

extension ConsoleAPI {
    var changeOperations: [APIOperation] {
        let change = "/api/v1/changes/{change}"
        return [
            .list("listChanges", "/api/v1/changes", filters: ["kind"], listChanges),
            .get("getChange", change, getChange),
            .list("listChangeRows", "\(change)/rows", listRows),
            .post("undoChange", "\(change)/undos", body: .none, undoChange),
        ]
    }

    private func listChanges(_ request: APIRequest) async throws -> APIAnswer {
        let kind = try request.query.choice("kind", among: ChangeDraft.Kind.allCases)
        let page = try await store.changes(
            of: Set(kind.map { [$0] } ?? ChangeDraft.Kind.allCases), before: try cursor.open(request),
            limit: try request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.change($0) }
    }

    private func getChange(_ request: APIRequest) async throws -> APIAnswer {
        .ok(views(request).change(try await change(request)))
    }

    private func change(_ request: APIRequest) async throws -> ChangeSummary {
        guard let change = try await store.change(try request.id("change"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return change
    }

    private func listRows(_ request: APIRequest) async throws -> APIAnswer {
        let change = try await change(request)
        let page = try await store.rows(
            of: change.id, after: try cursor.open(request), limit: try request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.changeRow($0) }
    }

    /// A long change goes on being put back after the answer: `state` says so.
    private func undoChange(_ request: APIRequest) async throws -> APIAnswer {
        let (change, report) = try await store.startUndoTelling(
            try request.id("change"), in: request.workspace, by: request.key.name)
        publish(report)
        return .ok(views(request).change(change))
    }
}
