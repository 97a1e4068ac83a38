import Domain
import Store

extension ConsoleAPI {
    var labelOperations: [APIOperation] {
        let label = "/api/v1/labels/{label}"
        return [
            .get("listLabels", "/api/v1/labels", listLabels),
            .post("createLabel", "/api/v1/labels", createdAt: "/api/v1/labels", createLabel),
            .get("getLabel", label) { request in try await shownLabel(request) },
            .put("setLabel", label, setLabel), .delete("deleteLabel", label, deleteLabel),
        ]
    }

    private func listLabels(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await store.labels(counting: true, in: request.workspace)) { views.label($0) }
    }

    private func label(_ request: APIRequest) async throws -> LabelSummary {
        guard let label = try await store.label(try request.id("label"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return label
    }

    private func shownLabel(_ request: APIRequest) async throws -> APIAnswer {
        let label = try await label(request)
        return APIAnswer.ok(views(request).label(label)).tagged(label.version)
    }

    private func createLabel(_ request: APIRequest) async throws -> APIAnswer {
        let (name, color) = try Self.label(request.body)
        let id = try await store.createLabel(
            name, color: color ?? .gray, in: request.workspace, by: request.key.name)
        guard let label = try await store.label(id, in: request.workspace) else { throw APIProblem.noSuchThing }
        return APIAnswer(status: 201, body: views(request).label(label).json)
    }

    private func setLabel(_ request: APIRequest) async throws -> APIAnswer {
        let label = try await label(request)
        let (name, color) = try Self.label(request.body)
        try await store.changeLabel(
            label.id, name: name, color: color ?? label.color, expecting: request.expected, in: request.workspace,
            by: request.key.name)
        return try await shownLabel(request)
    }

    private static func label(_ body: JSONValue) throws(APIProblem) -> (String, LabelColor?) {
        try BodyObject.read(body) { body -> (String, LabelColor?)? in
            body.allow("name", "color")
            let color: LabelColor? = body.has("color") ? body.choice("color") : nil
            return body.text("name", 1...LabelSummary.maxName).map { ($0, color) }
        }
    }

    /// It is taken off everybody as a bulk action, so that it can be put back.
    private func deleteLabel(_ request: APIRequest) async throws -> APIAnswer {
        let label = try await label(request)
        return try await begin(
            .deleteLabel(label: label.id), on: .everybody, expecting: request.expected, request)
    }
}
