import Synchronization

/// Associations, in the v4 form and its dated twin.
extension HubSpot {
    /// `…/objects/{from}/{id}/associations/{to}[/{toId}]` and `…/associations/default/{to}/{toId}`.
    func recordAssociations(_ type: ObjectType, _ rest: [String], _ call: Call) throws(HubSpotError) -> Answer {
        guard rest.count >= 3, let id = Int64(rest[0]), rest[1] == "associations" else { throw .notFound }
        if call.method == .get, rest.count == 3, let to = ObjectType(rest[2]) {
            return try listLinks(type, id, to, call)
        }
        let isDefault = rest[2] == "default"
        let tail = rest.dropFirst(isDefault ? 3 : 2)
        guard tail.count == 2, let to = tail.first.flatMap({ ObjectType($0) }),
            let other = tail.last.flatMap({ Int64($0) })
        else { throw .notFound }
        switch call.method {
        case .put: return try putLink(type, id, to, other, isDefault: isDefault, call)
        case .delete:
            state.withLock { $0.unlink(type, id, to, other) }
            return .noContent
        default: throw .notFound
        }
    }

    /// `…/associations/{from}/{to}/batch/{action}` and `…/labels`.
    func associations(
        _ from: ObjectType, _ to: ObjectType, _ rest: [String], _ call: Call
    ) throws(HubSpotError) -> Answer {
        if call.method == .get, rest == ["labels"] || rest == ["types"] {
            return .json(["results": .array(AssociationTypes.labels(from: from, to: to))])
        }
        guard call.method == .post, rest.first == "batch", rest.count >= 2 else { throw .notFound }
        let body = try Self.body(call)
        let inputs = body["inputs"]?.items ?? []
        guard (1...2000).contains(inputs.count) else { throw .validation("inputs must have from 1 to 2000 elements") }
        switch rest.dropFirst().joined(separator: "/") {
        case "create": return try createLinks(from, to, inputs, isDefault: false, call)
        case "associate/default": return try createLinks(from, to, inputs, isDefault: true, call)
        case "read": return readLinks(from, to, inputs, call)
        case "archive": return archiveLinks(from, to, inputs)
        default: throw .notFound
        }
    }

    private func putLink(
        _ from: ObjectType, _ id: Int64, _ to: ObjectType, _ other: Int64, isDefault: Bool, _ call: Call
    ) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        let types = isDefault ? try Self.defaultTypes(from, to) : body.items ?? []
        guard !types.isEmpty else { throw .validation("At least one association type is required.") }
        try withState { state throws(HubSpotError) in
            guard state.live(from, id) != nil else {
                throw .missing(ids: [String(id)], type: from.singular.uppercased())
            }
            for type in types {
                state.link(from, id, try LinkDraft.draft(type, from: from, to: to, id: other, in: state))
            }
        }
        if isDefault { return Self.linkAnswer([Self.created(from, id, to, other, types)], status: 200, call) }
        return .json(Self.plainCreated(from, id, to, other), status: 201)
    }

    private static func defaultTypes(_ from: ObjectType, _ to: ObjectType) throws(HubSpotError) -> [JSON] {
        guard let type = AssociationTypes.standard(from: from, to: to) else {
            throw .validation("There is no default association from \(from.name) to \(to.name).")
        }
        return [["associationCategory": "HUBSPOT_DEFINED", "associationTypeId": JSON(type)]]
    }

    private static func plainCreated(_ from: ObjectType, _ id: Int64, _ to: ObjectType, _ other: Int64) -> JSON {
        [
            "fromObjectTypeId": JSON(from.typeID), "fromObjectId": JSON(id), "toObjectTypeId": JSON(to.typeID),
            "toObjectId": JSON(other), "labels": [],
        ]
    }

    private static func created(
        _ from: ObjectType, _ id: Int64, _ to: ObjectType, _ other: Int64, _ types: [JSON]
    ) -> JSON {
        [
            "from": ["id": JSON(String(id))], "to": ["id": JSON(String(other))],
            "associationSpec": types.first ?? .null,
        ]
    }

    private func createLinks(
        _ from: ObjectType, _ to: ObjectType, _ inputs: [JSON], isDefault: Bool, _ call: Call
    ) throws(HubSpotError) -> Answer {
        let defaults = isDefault ? try Self.defaultTypes(from, to) : []
        let (results, errors): ([JSON], [HubSpotError]) = state.withLock { state in
            var (results, errors): ([JSON], [HubSpotError]) = ([], [])
            for input in inputs.reversed() {
                do throws(HubSpotError) {
                    guard let id = input["from"]?["id"]?.wholeNumber, let other = input["to"]?["id"]?.wholeNumber else {
                        throw .validation("Some required fields were not set: [from, to]")
                    }
                    guard state.live(from, id) != nil else {
                        throw .missing(ids: [String(id)], type: from.singular.uppercased())
                    }
                    let types = isDefault ? defaults : input["types"]?.items ?? []
                    guard !types.isEmpty else { throw .validation("Some required fields were not set: [types]") }
                    for type in types {
                        state.link(from, id, try LinkDraft.draft(type, from: from, to: to, id: other, in: state))
                    }
                    results.append(
                        isDefault
                            ? Self.created(from, id, to, other, types) : Self.plainCreated(from, id, to, other))
                } catch {
                    errors.append(error)
                }
            }
            return (results, errors)
        }
        return Self.linkAnswer(results, errors: errors, status: isDefault ? 200 : 201, call)
    }

    private static func linkAnswer(
        _ results: [JSON], errors: [HubSpotError] = [], status: Int, _ call: Call
    ) -> Answer {
        answer(
            status: status, errors: errors, call, results: results.map { result in { json in json.write(result) } })
    }

    private func readLinks(_ from: ObjectType, _ to: ObjectType, _ inputs: [JSON], _ call: Call) -> Answer {
        let ids = inputs.compactMap { $0["id"]?.wholeNumber }
        let (results, missing): ([JSON], [String]) = state.withLock { state in
            var (results, missing): ([JSON], [String]) = ([], [])
            for id in ids.reversed() {
                guard let record = state.live(from, id) else {
                    missing.append(String(id))
                    continue
                }
                let links = Self.targets(record, to).prefix(500)
                if links.isEmpty { continue }
                results.append(["from": ["id": JSON(String(id))], "to": .array(Array(links))])
            }
            return (results, missing)
        }
        let error = missing.isEmpty ? nil : HubSpotError.missing(ids: missing, type: from.singular.uppercased())
        return Self.linkAnswer(results, errors: error.map { [$0] } ?? [], status: 200, call)
    }

    /// The linked records, each once with all its association types.
    private static func targets(_ record: CRMRecord, _ to: ObjectType) -> [JSON] {
        var order: [Int64] = []
        var types: [Int64: [JSON]] = [:]
        for link in record.links where link.to == to {
            if types[link.id] == nil { order.append(link.id) }
            types[link.id, default: []].append([
                "category": JSON(link.isUserDefined ? "USER_DEFINED" : "HUBSPOT_DEFINED"),
                "typeId": JSON(Int(link.typeID)), "label": .null,
            ])
        }
        return order.map { ["toObjectId": JSON($0), "associationTypes": .array(types[$0] ?? [])] }
    }

    private func listLinks(
        _ from: ObjectType, _ id: Int64, _ to: ObjectType, _ call: Call
    ) throws(HubSpotError) -> Answer {
        let limit = call.number("limit", in: 1...500) ?? 500
        let start = max(0, call.query["after"].flatMap { Int($0) } ?? 0)
        let targets = try withState { state throws(HubSpotError) in
            guard let record = state.live(from, id) else { throw .notFound }
            return Self.targets(record, to)
        }
        let page = targets.dropFirst(start).prefix(limit)
        let end = start + page.count
        return .json([
            "results": .array(Array(page)),
            "paging": end < targets.count ? ["next": ["after": JSON(String(end))]] : nil,
        ])
    }

    private func archiveLinks(_ from: ObjectType, _ to: ObjectType, _ inputs: [JSON]) -> Answer {
        state.withLock { state in
            for input in inputs {
                guard let id = input["from"]?["id"]?.wholeNumber else { continue }
                for target in input["to"]?.items ?? [] {
                    if let other = target["id"]?.wholeNumber { state.unlink(from, id, to, other) }
                }
            }
        }
        return .noContent
    }
}
