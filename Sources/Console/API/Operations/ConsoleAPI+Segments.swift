import Domain
import Store

extension ConsoleAPI {
    var segmentOperations: [APIOperation] {
        let segment = "/api/v1/segments/{segment}"
        return [
            .get("listSegments", "/api/v1/segments") { request in
                let views = views(request)
                return .all(try await store.segments(in: request.workspace)) { views.segment($0) }
            },
            .post("createSegment", "/api/v1/segments", createdAt: "/api/v1/segments", createSegment),
            .get("getSegment", segment) { request in try await shownSegment(request) },
            .put("setSegment", segment, setSegment), .delete("deleteSegment", segment, deleteSegment),
            .get("countSegment", "\(segment)/count") { request in
                let conditions = try await self.segment(request).conditions
                return .ok(views(request).count(try await store.count(of: conditions, in: request.workspace)))
            },
            .list("listSegmentMembers", "\(segment)/members", listMembers),
            .post("previewSegment", "/api/v1/segments/previews", scope: .read, repeats: .harmless, previewSegment),
        ]
    }

    private func segment(_ request: APIRequest) async throws -> SegmentSummary {
        guard let segment = try await store.segment(try request.id("segment"), in: request.workspace) else {
            throw APIProblem.noSuchThing
        }
        return segment
    }

    private func createSegment(_ request: APIRequest) async throws -> APIAnswer {
        let (name, conditions) = try await written(request)
        let id = try await store.createSegment(name, conditions, in: request.workspace, by: request.key.name)
        guard let segment = try await store.segment(id, in: request.workspace) else { throw APIProblem.noSuchThing }
        return APIAnswer(status: 201, body: views(request).segment(segment).json)
    }

    private func setSegment(_ request: APIRequest) async throws -> APIAnswer {
        let segment = try await segment(request)
        let (name, conditions) = try await written(request)
        try await store.changeSegment(
            segment.id, name: name, conditions, expecting: request.expected, in: request.workspace,
            by: request.key.name)
        return try await shownSegment(request)
    }

    private func shownSegment(_ request: APIRequest) async throws -> APIAnswer {
        let segment = try await segment(request)
        return APIAnswer.ok(views(request).segment(segment)).tagged(try segment.version())
    }

    private func written(_ request: APIRequest) async throws -> (String, SegmentConditions) {
        let kinds = try await fieldKinds(request)
        return try BodyObject.read(request.body) { body -> (String, SegmentConditions)? in
            body.allow("name", "conditions")
            let name = body.text("name", 1...SegmentSummary.maxName)
            let conditions = body.object("conditions").flatMap { ConditionsReader(kinds: kinds).read($0) }
            guard let name, let conditions else { return nil }
            return (name, conditions)
        }
    }

    func fieldKinds(_ request: APIRequest) async throws -> [FieldID: FieldKind] {
        let fields = try await store.fields(archived: true, in: request.workspace)
        return Dictionary(fields.map { ($0.id, $0.kind) }, uniquingKeysWith: { $1 })
    }

    /// Whom conditions hold that nobody keeps: how many, and the first of them. Nothing is stored.
    private func previewSegment(_ request: APIRequest) async throws -> APIAnswer {
        let kinds = try await fieldKinds(request)
        let (conditions, limit) = try BodyObject.read(request.body) { body -> (SegmentConditions, Int)? in
            body.allow("conditions", "limit")
            let limit = body.has("limit") ? body.optionalInteger("limit", 0...Int64(ListLimit.range.upperBound)) : 10
            let conditions = body.object("conditions").flatMap { ConditionsReader(kinds: kinds).read($0) }
            guard let conditions, let limit else { return nil }
            return (conditions, Int(limit))
        }
        let views = views(request)
        let count = try await store.count(of: conditions, in: request.workspace)
        var members: [ContactSummary] = []
        if limit > 0 {
            try await noteListed(request, ["segment": "unsaved"])
            members = try await store.members(of: conditions, limit: limit, in: request.workspace).items
        }
        return .ok(
            ["count": views.count(count), "data": JSONValue.array(members.map { views.contact($0).json })] as JSONObject
        )
    }

    private func deleteSegment(_ request: APIRequest) async throws -> APIAnswer {
        let segment = try await segment(request)
        _ = try await store.deleteSegment(
            segment.id, expecting: request.expected, in: request.workspace, by: request.key.name)
        return .ok(views(request).segment(segment))
    }

    private func listMembers(_ request: APIRequest) async throws -> APIAnswer {
        let segment = try await segment(request)
        try await noteListed(request, ["segment": "\(segment.id)"])
        let page = try await store.members(
            of: segment.conditions, before: cursor.open(request), limit: request.query.limit(),
            in: request.workspace)
        let views = views(request)
        return .page(page, of: request, cursor: cursor) { views.contact($0) }
    }
}

/// Reads conditions out of a body.
struct ConditionsReader {
    let kinds: [FieldID: FieldKind]

    func read(_ body: BodyObject) -> SegmentConditions? {
        body.allow("match", "parts")
        let match: SegmentConditions.Match? = body.choice("match")
        let parts = body.objects("parts", 1...SegmentConditions.maxConditions) { part -> SegmentConditions.Part? in
            guard part.has("parts") else { return condition(part).map { .condition($0) } }
            part.allow("match", "parts")
            let match: SegmentConditions.Match? = part.choice("match")
            let conditions = part.objects("parts", 1...SegmentConditions.maxConditions, condition)
            guard let match, !conditions.isEmpty else { return nil }
            return .group(match, conditions)
        }
        guard let match, !parts.isEmpty else { return nil }
        do throws(PuenteError) {
            return try SegmentConditions(match, parts)
        } catch {
            body.note("parts", error.message)
            return nil
        }
    }

    private func condition(_ body: BodyObject) -> SegmentCondition? {
        body.allow("about", "of", "is", "value")
        let about: SegmentSubject? = body.choice("about")
        let test: SegmentTest? = body.choice("is")
        let of = body.optionalText("of", 1...40)
        let value = body.optionalText("value", 0...200)
        guard let about, let test else { return nil }
        let kind = about == .field ? of.flatMap { FieldID($0) }.flatMap { kinds[$0] } : nil
        guard about != .field || kind != nil else {
            body.note("of", en: "there is no such field", es: "no existe ese campo")
            return nil
        }
        do throws(PuenteError) {
            return try SegmentCondition(.init(about, of: of, kind: kind, test, value), habits: .machine)
        } catch {
            body.note("value", error.message)
            return nil
        }
    }
}
