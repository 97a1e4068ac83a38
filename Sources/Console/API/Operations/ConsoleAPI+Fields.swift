import Domain
import Store

extension ConsoleAPI {
    var fieldOperations: [APIOperation] {
        let field = "/api/v1/fields/{field}"
        return [
            .get("listFields", "/api/v1/fields", listFields),
            .post("createField", "/api/v1/fields", createdAt: "/api/v1/fields", createField),
            .get("getField", field) { request in try await shownField(request) },
            .put("setField", field, setField),
            .post("renameChoice", "\(field)/choice-renames", createdAt: "/api/v1/bulk-actions", renameChoice),
        ]
    }

    private func listFields(_ request: APIRequest) async throws -> APIAnswer {
        let views = views(request)
        return .all(try await store.fields(archived: true, counting: true, in: request.workspace)) { views.field($0) }
    }

    private func field(_ request: APIRequest) async throws -> FieldSummary {
        guard let field = try await store.field(try request.id("field"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return field
    }

    private func shownField(_ request: APIRequest) async throws -> APIAnswer {
        let field = try await field(request)
        return APIAnswer.ok(views(request).field(field)).tagged(field.version)
    }

    private func createField(_ request: APIRequest) async throws -> APIAnswer {
        let (name, kind, choices) = try BodyObject.read(request.body) { body -> (String, FieldKind, [String])? in
            body.allow("name", "kind", "choices")
            let choices = body.texts("choices", 0...FieldDraft.maxChoices, length: 1...100)
            guard let name = body.text("name", 1...60), let kind: FieldKind = body.choice("kind") else { return nil }
            return (name, kind, choices)
        }
        let id = try await store.createField(
            FieldDraft(name: name, kind: kind, choices: choices), in: request.workspace, by: request.key.name)
        guard let field = try await store.field(id, in: request.workspace) else { throw APIProblem.noSuchThing }
        return APIAnswer(status: 201, body: views(request).field(field).json)
    }

    /// Name, choices and whether it is put away, as they shall be.
    private func setField(_ request: APIRequest) async throws -> APIAnswer {
        let field = try await field(request)
        let (name, choices, isArchived) = try BodyObject.read(request.body) { body -> (String, [String], Bool)? in
            body.allow("name", "choices", "is_archived")
            let choices =
                body.has("choices")
                ? body.texts("choices", 0...FieldDraft.maxChoices, length: 1...100) : field.choices
            let isArchived = body.optionalBool("is_archived") ?? (field.archivedAt != nil)
            return body.text("name", 1...60).map { ($0, choices, isArchived) }
        }
        try await store.changeField(
            field.id, name: name, choices: choices, expecting: request.expected, in: request.workspace,
            by: request.key.name)
        try await store.setArchived(isArchived, field: field.id, in: request.workspace, by: request.key.name)
        return try await shownField(request)
    }

    private func renameChoice(_ request: APIRequest) async throws -> APIAnswer {
        let field = try await field(request)
        let (from, to) = try BodyObject.read(request.body) { body -> (String, String)? in
            body.allow("from", "to")
            guard let from = body.text("from", 1...100), let to = body.text("to", 1...100) else { return nil }
            return (from, to)
        }
        return try await begin(.renameChoice(field: field.id, from: from, to: to), on: .everybody, request)
    }
}
