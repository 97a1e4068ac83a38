import Domain
import NIOCore
import Synchronization

/// `/crm/v3/objects/{type}/…`: single records.
extension HubSpot {
    func objects(_ type: ObjectType, _ rest: [String], _ call: Call) throws(HubSpotError) -> Answer {
        switch (call.method, rest.count, rest.first) {
        case (.get, 0, _): return try list(type, call)
        case (.post, 0, _): return try create(type, call)
        case (.post, 1, "search"): return try search(type, call)
        case (.post, 1, "merge"): return try merge(type, call)
        case (.post, 1, "gdpr-delete"): return try erase(type, call)
        case (.post, 2, "batch"): return try batch(type, rest[1], call)
        case (.get, 1, let id?): return try read(type, id, call)
        case (.patch, 1, let id?): return try patch(type, id, call)
        case (.delete, 1, let id?): return archive(type, id, call)
        default: return try recordAssociations(type, rest, call)
        }
    }

    private func list(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        let limit = call.number("limit", in: 1...100) ?? 10
        let wantsArchived = call.flag("archived")
        let after = call.query["after"].flatMap { Int64($0) }.map { max(0, $0) } ?? 0
        let associations = try associationTypes(call)
        return state.withLock { state in
            let table = state.table(type)
            let writer = RecordWriter(type: type, book: state.book(type), asked: Self.list(call.query["properties"]))
            var json = JSONWriter(capacity: 8192)
            json.raw(#"{"results":["#)
            var (count, next): (Int, Int64?) = (0, nil)
            let numbers = table.records.numbers
            let first = max(numbers.lowerBound, Int(clamping: after - type.firstID))
            for number in first..<max(first, numbers.upperBound) {
                guard let record = table.records[number], (record.archivedAt != nil) == wantsArchived else { continue }
                if count == limit {
                    next = record.id
                    break
                }
                if count > 0 { json.raw(",") }
                writer.write(record, associations: associations, to: &json)
                count += 1
            }
            json.raw("]")
            if let next { json.raw(Array(Self.paging(next, call).utf8)) }
            json.raw("}")
            return Self.answer(json)
        }
    }

    private static func paging(_ next: Int64, _ call: Call) -> String {
        let path = call.segments.joined(separator: "/")
        return #","paging":{"next":{"after":"\#(next)","link":"\#(call.origin)/hubspot/\#(path)?after=\#(next)"}}"#
    }

    static func answer(_ json: JSONWriter, status: Int = 200) -> Answer {
        Answer(status: status, contentType: "application/json;charset=utf-8", body: ByteBuffer(bytes: json.bytes))
    }

    private func associationTypes(_ call: Call) throws(HubSpotError) -> [ObjectType] {
        Self.list(call.query["associations"]).compactMap { ObjectType($0) }
    }

    private func create(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        let (record, json) = try create(type, Self.body(call), at: call.now.milliseconds)
        announce(.created, type, [record], source: .integration)
        return Answer(status: 201, contentType: "application/json;charset=utf-8", body: ByteBuffer(bytes: json))
    }

    /// Makes one record from `{properties, associations?}`, for the API or for a person at the controls.
    func create(
        _ type: ObjectType, _ body: JSON, at now: Int64
    ) throws(HubSpotError) -> (record: CRMRecord, json: [UInt8]) {
        try withState { state throws(HubSpotError) in
            let draft = try RecordDraft(body["properties"], state.book(type), type, isNew: true)
            let links = try LinkDraft.read(body["associations"], from: type, in: state)
            let record = try state.create(type, draft, at: now)
            for link in links { state.link(type, record.id, link) }
            return (record, RecordWriter(type: type, book: state.book(type)).json(record))
        }
    }

    private func read(_ type: ObjectType, _ id: String, _ call: Call) throws(HubSpotError) -> Answer {
        let associations = try associationTypes(call)
        let result: [UInt8] = try withState { state throws(HubSpotError) in
            var found = try state.find(type, id, by: call.query["idProperty"])
            if found == nil, call.flag("archived") {
                found = Int64(id).flatMap { state.table(type)[$0] }
            }
            guard let record = found else { throw .notFound }
            var json = JSONWriter(capacity: 1024)
            RecordWriter(type: type, book: state.book(type), asked: Self.list(call.query["properties"]))
                .write(record, associations: associations, to: &json)
            return json.bytes
        }
        return Answer(
            status: 200, contentType: "application/json;charset=utf-8", body: ByteBuffer(bytes: result))
    }

    private func patch(_ type: ObjectType, _ id: String, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        let change = try change(
            type, id, by: call.query["idProperty"], body["properties"], at: call.now.milliseconds)
        announce(.changed(change.before), type, [change.after], source: .integration)
        return Answer(
            status: 200, contentType: "application/json;charset=utf-8", body: ByteBuffer(bytes: change.json))
    }

    struct Change: Sendable {
        let before: CRMRecord
        let after: CRMRecord
        let json: [UInt8]
    }

    /// Changes one record, for the API or for a person at the controls.
    func change(
        _ type: ObjectType, _ id: String, by idProperty: String?, _ properties: JSON?, at now: Int64
    ) throws(HubSpotError) -> Change {
        return try withState { state throws(HubSpotError) in
            guard let before = try state.find(type, id, by: idProperty) else { throw .notFound }
            let draft = try RecordDraft(properties, state.book(type), type, isNew: false)
            let after = try state.update(type, before.id, draft, at: now)
            let json = RecordWriter(type: type, book: state.book(type)).json(after)
            return Change(before: before, after: after, json: json)
        }
    }

    private func archive(_ type: ObjectType, _ id: String, _ call: Call) -> Answer {
        archive(type, [id], at: call.now.milliseconds, source: .integration)
        return .noContent
    }

    /// How many of the ids were there.
    @discardableResult
    func archive(_ type: ObjectType, _ ids: [String], at now: Int64, source: ChangeSource) -> Int {
        let gone = state.withLock { state in
            ids.compactMap { Int64($0) }.compactMap { id -> CRMRecord? in
                let record = state.live(type, id)
                return state.archive(type, id, at: now) ? record : nil
            }
        }
        announce(.deleted, type, gone, source: source)
        return gone.count
    }

    private func merge(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        guard let primary = body["primaryObjectId"]?.wholeNumber, let other = body["objectIdToMerge"]?.wholeNumber
        else {
            throw .validation("primaryObjectId and objectIdToMerge are required.")
        }
        let json = try merge(type, primary: primary, other: other, at: call.now.milliseconds, source: .integration)
        return Answer(status: 200, contentType: "application/json;charset=utf-8", body: ByteBuffer(bytes: json))
    }

    func merge(
        _ type: ObjectType, primary: Int64, other: Int64, at now: Int64, source: ChangeSource
    ) throws(HubSpotError) -> [UInt8] {
        let (survivor, moved, json): (CRMRecord, Int, [UInt8]) = try withState { state throws(HubSpotError) in
            let (survivor, moved) = try state.merge(type, primary: primary, other: other, at: now)
            let json = RecordWriter(type: type, book: state.book(type)).json(survivor)
            return (survivor, moved, json)
        }
        announce(.merged(primary: primary, other: other, moved: moved), type, [survivor], source: source)
        return json
    }

    private func erase(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        let body = try Self.body(call)
        guard let id = body["objectId"]?.identifier else { throw .validation("objectId is required.") }
        let idProperty = body["idProperty"]?.text
        let found = try withState { state throws(HubSpotError) in try state.find(type, id, by: idProperty) }
        if let record = found {
            _ = state.withLock { $0.archive(type, record.id, at: call.now.milliseconds) }
            announce(.erased, type, [record], source: .integration)
        }
        return .noContent
    }
}
