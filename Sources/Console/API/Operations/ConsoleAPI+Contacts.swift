import Domain
import Store

extension ConsoleAPI {
    var contactOperations: [APIOperation] {
        [
            .list("listContacts", "/api/v1/contacts", filters: ["search"], listContacts),
            .get("getContact", "/api/v1/contacts/{contact}", getContact),
        ]
    }

    private func listContacts(_ request: APIRequest) async throws -> APIAnswer {
        let page = try await store.contacts(
            search: request.query.search("search"), before: cursor.open(request), limit: request.query.limit(),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.contact($0) }
    }

    private func getContact(_ request: APIRequest) async throws -> APIAnswer {
        guard let contact = try await store.contact(try request.id("contact"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return .ok(views(request).contact(contact))
    }
}
