import Domain
import Pipeline
import Store

extension ConsoleAPI {
    var intakeOperations: [APIOperation] {
        [
            .get("getIntake", "/api/v1/intake", getIntake),
            .list("listUnrouted", "/api/v1/intake/unrouted", filters: ["state", "reason", "kind"], listUnrouted),
            .get("getUnrouted", "/api/v1/intake/unrouted/{entry}", getUnrouted),
            .post("dismissUnrouted", "/api/v1/intake/unrouted/dismissals", dismissUnrouted),
            .post("routeAgain", "/api/v1/intake/unrouted/routings", routeAgain),
        ]
    }

    private func getIntake(_ request: APIRequest) async throws -> APIAnswer {
        let bodies = try await store.ledger(in: request.workspace).bodies
        let (total, byReason) = try await store.unroutedCounts(in: request.workspace)
        var reasons = JSONObject()
        for reason in UnroutedReason.allCases {
            if let count = byReason[reason] { reasons.append(reason.name, count.json) }
        }
        return .ok(
            [
                "is_refusing": isIntakeRefusing(), "bodies": bodies.json,
                "unrouted": ["open": total.value, "is_more": total.isMore, "by_reason": reasons] as JSONObject,
            ] as JSONObject)
    }

    private func listUnrouted(_ request: APIRequest) async throws -> APIAnswer {
        let query = request.query
        let page = try await store.unrouted(
            UnroutedQuery(
                state: query.choice("state", among: UnroutedEntry.State.allCases) ?? .open,
                reason: Self.reason(query), kind: query.choice("kind", among: UnroutedEntry.Kind.allCases),
                before: cursor.open(request), limit: query.limit()),
            in: request.workspace)
        let subjects = try await subjects.of(page.items, in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.unrouted($0, about: subjects[$0.id]) }
    }

    private static func reason(_ query: RequestQuery) throws(APIProblem) -> UnroutedReason? {
        try query.choice("reason", among: ReasonName.allCases)?.reason
    }

    private func getUnrouted(_ request: APIRequest) async throws -> APIAnswer {
        guard let detail = try await store.unroutedEntry(try request.id("entry"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        let subject = try await subjects.of([detail.entry], in: request.workspace)[detail.entry.id]
        return .ok(views(request).unrouted(detail, about: subject))
    }

    private var subjects: UnroutedSubjects { UnroutedSubjects(store: store, thread: bodies) }

    // MARK: Settling

    private func dismissUnrouted(_ request: APIRequest) async throws -> APIAnswer {
        let count = try await store.dismissUnrouted(
            try Self.selection(request), in: request.workspace, by: nil, named: request.key.name)
        changes.publish(.unrouted, in: request.workspace)
        return .ok(["dismissed": count] as JSONObject)
    }

    private func routeAgain(_ request: APIRequest) async throws -> APIAnswer {
        let count = try await store.routeAgain(
            try Self.selection(request), in: request.workspace, by: nil, named: request.key.name)
        wakeBoard.ring(.intake)
        changes.publish(.unrouted, in: request.workspace)
        return .ok(["bodies": count] as JSONObject)
    }

    private static func selection(_ request: APIRequest) throws(APIProblem) -> UnroutedSelection {
        try BodyObject.read(request.body) { body in
            body.allow("ids", "reason")
            guard body.has("ids") != body.has("reason") else {
                body.problems.add(
                    body.pointer, en: "name exactly one of: ids, reason", es: "indique exactamente uno de: ids, reason")
                return nil
            }
            if body.has("ids") { return .ids(body.ids("ids", 1...Store.maxUnroutedAtOnce)) }
            return body.choice("reason", of: ReasonName.self).map { .reason($0.reason) }
        }
    }
}

/// The reasons by the names that the API gives them.
private struct ReasonName: RawRepresentable, CaseIterable {
    let reason: UnroutedReason

    init(_ reason: UnroutedReason) { self.reason = reason }

    init?(rawValue: String) {
        guard let reason = UnroutedReason.allCases.first(where: { $0.name == rawValue }) else { return nil }
        self.init(reason)
    }

    var rawValue: String { reason.name }

    static var allCases: [ReasonName] { UnroutedReason.allCases.map(ReasonName.init) }
}
