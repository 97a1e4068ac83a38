import Domain
import Pipeline
import Store

extension ConsoleAPI {
    private static let most = 200

    var syncOperations: [APIOperation] {
        let connection = "/api/v1/connections/{connection}"
        return [
            .list(
                "listSyncChanges", "\(connection)/changes", filters: ["contact", "field", "kind", "from", "to"],
                listSyncChanges),
            .post("putBackSyncChanges", "\(connection)/changes/put-back", putBack),
            .list("listSyncConflicts", "\(connection)/conflicts", filters: ["contact"], listSyncConflicts),
            .post("resolveSyncConflicts", "\(connection)/conflicts/resolve", resolve),
            .get("getConnectionHealth", "\(connection)/health", health),
            .post("compareConnection", "\(connection)/compare", body: .none, compare),
        ]
    }

    /// By its name in the configuration, or its id.
    private func connection(_ request: APIRequest) async throws -> ConnectionSummary {
        guard let name = request.parameters["connection"],
            let connection = try await sync.connection(name, in: request.workspace)
        else { throw APIProblem.noSuchThing }
        return connection
    }

    // MARK: The log

    private func listSyncChanges(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let crm = try await connection(request)
        let kind = try query.choice("kind", among: SyncChange.Kind.allCases)
        let page = try await store.syncChanges(
            SyncChangeQuery(
                connection: crm.id, contact: try query.id("contact"), local: try field(query),
                kinds: Set([kind].compactMap(\.self)), from: try time("from", query), to: try time("to", query),
                before: try cursor.open(request), limit: try query.limit()),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.syncChange($0) }
    }

    private func field(_ query: RequestQuery) throws(APIProblem) -> LocalField? {
        guard let text = query.text("field") else { return nil }
        guard let field = LocalField(rawValue: text) else {
            throw query.wrong("field", en: "must name a field of Puente", es: "debe nombrar un campo de Puente")
        }
        return field
    }

    private func time(_ name: String, _ query: RequestQuery) throws(APIProblem) -> Timestamp? {
        guard let text = query.text(name) else { return nil }
        guard let time = Timestamp(time: text) else {
            throw query.wrong(name, en: "must be a time of RFC 3339", es: "debe ser una hora de RFC 3339")
        }
        return time
    }

    // MARK: Putting back

    /// As much of a span as there is time for: `is_done` says whether the same is to be asked for again.
    private func putBack(_ request: APIRequest) async throws -> APIAnswer {
        let crm = try await connection(request)
        let subject = try BodyObject.read(request.body) { Self.subject($0) }
        let done = try await sync.putBack(subject, of: crm.id, by: request.key.name, in: request.workspace)
        return .ok(
            [
                "fields": done.report.fields, "contacts": done.report.contacts.count,
                "refusals": views(request).refusals(done.report.refusals),
                "refused": done.report.refused.map { views(request).refused($0) },
                "is_done": done.isDone, "knows_fields": done.knowsFields,
            ] as JSONObject)
    }

    private static func subject(_ body: BodyObject) -> PutBackSubject? {
        body.allow("changes", "contact", "from", "to")
        let isSpan = body.has("from") || body.has("to")
        guard [body.has("changes"), body.has("contact"), isSpan].count(where: \.self) == 1 else {
            body.problems.add(
                body.pointer, en: "name exactly one of: changes, contact, from and to",
                es: "indique exactamente uno de: changes, contact, from y to")
            return nil
        }
        if body.has("changes") { return .changes(body.ids("changes", 1...most)) }
        if body.has("contact") { return body.id("contact").map { .contact($0) } }
        guard let from = time("from", body), let to = time("to", body) else { return nil }
        return .span(from: from, to: to)
    }

    private static func time(_ name: String, _ body: BodyObject) -> Timestamp? {
        guard let text = body.text(name, 1...40) else { return nil }
        guard let time = Timestamp(time: text) else {
            body.note(name, en: "must be a time of RFC 3339", es: "debe ser una hora de RFC 3339")
            return nil
        }
        return time
    }

    // MARK: Conflicts

    private func listSyncConflicts(_ request: APIRequest) async throws -> APIAnswer {
        let crm = try await connection(request)
        let page = try await store.syncConflicts(
            of: crm.id, contact: try request.query.id("contact"), before: try cursor.open(request),
            limit: try request.query.limit(), in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.syncConflict($0) }
    }

    private enum Choice: String, CaseIterable { case ours, theirs, value }

    private func resolve(_ request: APIRequest) async throws -> APIAnswer {
        let crm = try await connection(request)
        let (ids, choice) = try BodyObject.read(request.body) { body -> ([SyncConflictID], SyncChoice)? in
            body.allow("conflicts", "choice", "value")
            let ids: [SyncConflictID] = body.ids("conflicts", 1...Self.most)
            return Self.choice(body).map { (ids, $0) }
        }
        let done = try await sync.resolve(
            ids, of: crm.id, choosing: choice, by: request.key.name, in: request.workspace)
        let language = request.language
        return .ok(
            [
                "resolved": done.resolved,
                "refused": done.refused.sorted { $0.key < $1.key }.map { id, refusal -> JSONObject in
                    ["conflict": id, "reason": refusal.rawValue, "detail": refusal.sentence[language]]
                },
            ] as JSONObject)
    }

    private static func choice(_ body: BodyObject) -> SyncChoice? {
        guard let choice: Choice = body.choice("choice") else { return nil }
        guard (choice == .value) == body.has("value") else {
            body.note(
                "value", en: "belongs to the choice value, and to no other",
                es: "va con la opción value, y con ninguna otra")
            return nil
        }
        return switch choice {
        case .ours: .ours
        case .theirs: .theirs
        case .value: body.text("value", 0...4000).map { .value($0) }
        }
    }

    // MARK: Health

    private func health(_ request: APIRequest) async throws -> APIAnswer {
        let crm = try await connection(request)
        return .ok(
            views(request).health(try await sync.health(of: crm, in: request.workspace), of: crm))
    }

    /// Begins a comparison of everything; a look at `health` tells how far it is.
    private func compare(_ request: APIRequest) async throws -> APIAnswer {
        let crm = try await connection(request)
        try await sync.compareAll(of: crm.id, in: request.workspace)
        let health = try await sync.health(of: crm, in: request.workspace)
        return APIAnswer(status: 202, body: views(request).health(health, of: crm).json)
    }
}
