import Domain
import Pipeline
import Store

/// CRM connections that programs make and change. The fields have the names that they have in puente.yaml; secrets go in
/// and never come out.
extension ConsoleAPI {
    private static let path = "/api/v1/connections"

    var connectionOperations: [APIOperation] {
        let connection = "\(Self.path)/{connection}"
        return [
            .post("createConnection", Self.path, scope: .admin, createdAt: Self.path, createConnection),
            .post("testConnection", "\(Self.path)/tests", scope: .admin, repeats: .harmless, testConnection),
            .get("getConnection", connection) { request in try await view(of: self.connection(request).id, request) },
            .patch("changeConnection", connection, scope: .admin, changeConnection),
            .delete("deleteConnection", connection, scope: .admin, deleteConnection),
        ]
    }

    private func connection(_ request: APIRequest) async throws -> ConnectionSummary {
        guard let name = request.parameters["connection"],
            let connection = try await sync.connection(name, in: request.workspace)
        else { throw APIProblem.noSuchThing }
        return connection
    }

    private func view(of id: ConnectionID, _ request: APIRequest, status: Int = 200) async throws -> APIAnswer {
        let overview = try await store.connectionsOverview(in: request.workspace)
        guard let connection = overview.connections.first(where: { $0.id == id }) else { throw APIProblem.noSuchThing }
        let answer = APIAnswer(status: status, body: views(request).connection(connection, in: overview).json)
        return status == 200 ? answer.tagged(connection.version) : answer
    }

    // MARK: Operations

    private func createConnection(_ request: APIRequest) async throws -> APIAnswer {
        let (name, draft) = try BodyObject.read(request.body) { body -> (String, ConnectionDraft)? in
            let name = body.text("name", 1...32)
            let draft = Self.draft(body, kind: nil, besides: ["name"])
            guard let name, let draft else { return nil }
            return (name, draft)
        }
        let id = try await told {
            try await connections.create(draft, named: name, in: request.workspace, by: request.key.name)
        }
        changes.publish(.connections, in: request.workspace)
        return try await view(of: id, request, status: 201)
    }

    /// Nothing is kept. With a connection, secrets that are not named are its own.
    private func testConnection(_ request: APIRequest) async throws -> APIAnswer {
        let known = try await tested(request)
        let kept = try await kept(known, request)
        let kind = known.flatMap { ConnectorKind(rawValue: $0.kind) }
        let draft = try BodyObject.read(request.body) { body in
            Self.draft(body, kind: kind, besides: ["connection"], kept: kept)
        }
        let steps = try await told {
            try await connections.test(draft, changing: known?.id, in: request.workspace)
        }
        let views = steps.map { step -> JSONObject in
            [
                "title": step.title[request.language], "state": step.state.rawValue,
                "detail": step.detail[request.language],
            ]
        }
        return .ok(["passed": !steps.contains { $0.state == .failed }, "steps": views] as JSONObject)
    }

    /// The connection that the body names; nil where it names none.
    private func tested(_ request: APIRequest) async throws -> ConnectionSummary? {
        guard let name = request.body["connection"]?.text else { return nil }
        guard let known = try await sync.connection(name, in: request.workspace) else { throw APIProblem.noSuchThing }
        return known
    }

    /// What is not named stays; null takes away what may be missing.
    private func changeConnection(_ request: APIRequest) async throws -> APIAnswer {
        let known = try await connection(request)
        let kept = try await kept(known, request)
        let (draft, isOn) = try BodyObject.read(request.body) { body -> (ConnectionDraft, Bool?)? in
            let isOn = body.optionalBool("enabled")
            return Self.draft(body, kind: ConnectorKind(rawValue: known.kind), besides: ["enabled"], kept: kept)
                .map { ($0, isOn) }
        }
        if ConnectionField.allCases.contains(where: { request.body[$0.rawValue] != nil }) {
            try await told {
                try await connections.change(
                    known.id, draft, expecting: request.expected, in: request.workspace, by: request.key.name)
            }
            mappings.forgetFields(of: known.id)
        }
        if let isOn {
            try await connections.turn(known.id, on: isOn, in: request.workspace, by: request.key.name)
        }
        changes.publish(.connections, in: request.workspace)
        return try await view(of: known.id, request)
    }

    private func deleteConnection(_ request: APIRequest) async throws -> APIAnswer {
        try await connections.remove(
            try await connection(request).id, in: request.workspace, by: request.key.name)
        changes.publish(.connections, in: request.workspace)
        return APIAnswer(status: 204, body: .null)
    }

    // MARK: Reading

    /// What of a connection may be shown, as it was typed; nothing of a new one.
    private func kept(_ known: ConnectionSummary?, _ request: APIRequest) async throws -> [ConnectionField: String] {
        guard let known else { return [:] }
        return try await connections.shown(known.id, in: request.workspace).draft.values
    }

    /// - Parameter kind: nil: the body names it.
    private static func draft(
        _ body: BodyObject, kind: ConnectorKind?, besides names: [String], kept: [ConnectionField: String] = [:]
    ) -> ConnectionDraft? {
        let others = names + (kind == nil ? ["kind"] : [])
        guard let kind = kind ?? self.kind(body) else { return nil }
        let known = kind.fields.map(\.rawValue) + others
        for name in body.names where !known.contains(name) {
            body.note(name, en: "this field is unknown here", es: "este campo no se conoce aquí")
        }
        var values = kept
        var dropped: Set<ConnectionField> = []
        for field in kind.fields where body.has(field.rawValue) {
            if body.isNull(field.rawValue) {
                values[field] = nil
                dropped.insert(field)
            } else {
                values[field] = body.optionalText(field.rawValue, 1...ConnectionField.maxBytes)
            }
        }
        return ConnectionDraft(kind, values, dropping: dropped)
    }

    private static func kind(_ body: BodyObject) -> ConnectorKind? {
        guard let word = body.text("kind", 1...40) else { return nil }
        if let kind = ConnectorKind(rawValue: word) { return kind }
        let words = ConnectorKind.words
        body.note("kind", en: "must be of these: \(words)", es: "debe ser de estos: \(words)")
        return nil
    }

    /// With what is wrong at its place in the body.
    private func told<Value: Sendable>(_ run: () async throws -> Value) async throws -> Value {
        do {
            return try await run()
        } catch let problems as ConnectionProblems {
            throw APIProblem.wrongBody.with(
                problems.fields.sorted { $0.key.rawValue < $1.key.rawValue }.map { field, message in
                    APIProblem.Fault(place: .pointer("/\(field.rawValue)"), message: message)
                })
        }
    }
}
