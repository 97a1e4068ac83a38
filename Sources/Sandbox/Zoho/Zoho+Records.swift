import Domain
import Foundation
import Synchronization

/// `/crm/v8/{module}/…`
extension Zoho {
    func records(_ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let rest = call.segments
        switch (call.method, rest.count, rest.first) {
        case (.get, 0, _): return try list(module, call)
        case (.post, 0, _): return try write(.insert, module, call)
        case (.put, 0, _): return try write(.update, module, call)
        case (.delete, 0, _): return try delete(module, Self.list(call.query["ids"]), call)
        case (.post, 1, "upsert") where module != .notes: return try write(.upsert, module, call)
        case (.get, 1, "search"): return try search(module, call)
        case (.get, 1, "deleted"): return try deleted(module, call)
        case (.get, 2, "actions") where rest[1] == "count":
            return .json(["count": JSON(state.withLock { $0.table(module).live.reduce(0) { count, _ in count + 1 } })])
        case (.post, 2, "actions"): return try changeTags(module, rest[1], Self.list(call.query["ids"]), call)
        case (.get, 1, let id?): return try read(module, id, call)
        case (.put, 1, let id?): return try write(.updateOne(Self.id(id)), module, call)
        case (.delete, 1, let id?): return try delete(module, [id], call)
        case (_, 2, let id?) where rest[1] == "Notes": return try notes(of: id, module, call)
        case (_, 3, let id?) where rest[1] == "actions": return try action(rest[2], module, id, call)
        default: throw .noSuchURL
        }
    }

    static func id(_ text: String) throws(ZohoError) -> Int64 {
        guard let id = Int64(text) else {
            throw ZohoError("INVALID_DATA", "the id given seems to be invalid", details: ["resource_path_index": 1])
        }
        return id
    }

    private func action(
        _ name: String, _ module: ZohoModule, _ id: String, _ call: Call
    ) throws(ZohoError) -> Answer {
        switch (call.method, name) {
        case (.post, "merge"): return try merge(module, id, call)
        case (.post, "add_tags"), (.post, "remove_tags"): return try changeTags(module, name, [id], call)
        default: throw .noSuchURL
        }
    }

    /// A record that was deleted is answered with nothing.
    private func read(_ module: ZohoModule, _ id: String, _ call: Call) throws(ZohoError) -> Answer {
        let id = try Self.id(id)
        let names = call.query["fields"].map { Self.list($0) }
        let row: JSON? = try withState { state throws(ZohoError) in
            guard state.table(module).everKnown(id) != nil else {
                throw ZohoError("INVALID_DATA", "the id given seems to be invalid", details: ["resource_path_index": 1])
            }
            return state.table(module)[id].map { ZohoWriter(module, in: state, names: names).json($0) }
        }
        return row.map { .json(["data": [$0]]) } ?? .noContent
    }

    private func list(_ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        guard call.query["fields"] != nil else { throw .missingParameter("fields") }
        let since = try Self.time(call.header("If-Modified-Since"), "If-Modified-Since")
        let wanted = call.query["ids"].map { ids in Set(Self.list(ids).compactMap { Int64($0) }) }
        let found = state.withLock { state in
            state.table(module).live.filter { record in
                (since.map { record.modifiedAt > $0 } ?? true) && (wanted?.contains(record.id) ?? true)
            }
        }
        if since != nil, found.isEmpty { return Answer(status: 304) }
        return try page(found, module, call)
    }

    static func time(_ text: String?, _ name: String) throws(ZohoError) -> Int64? {
        guard let text else { return nil }
        guard let time = ZohoTime.milliseconds(text) else { throw .invalidParameter(name) }
        return time
    }

    /// Sorts, cuts and writes: by page up to record 2,000, by token behind it.
    func page(_ records: [ZohoRecord], _ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let names = Self.list(call.query["fields"])
        guard names.count <= 50 else {
            throw ZohoError("LIMIT_EXCEEDED", "Fields limit exceeded.", details: ["limit": 50])
        }
        let paging = try ZohoPaging(call)
        let sorted = paging.sorted(records)
        let page = Array(sorted.dropFirst(paging.offset).prefix(paging.perPage))
        let rows = state.withLock { state in
            let writer = ZohoWriter(module, in: state, names: names)
            return page.map(writer.json)
        }
        return Self.page(rows, paging.info(count: page.count, total: sorted.count))
    }

    private func deleted(_ module: ZohoModule, _ call: Call) throws(ZohoError) -> Answer {
        let since = try Self.time(call.header("If-Modified-Since"), "If-Modified-Since")
        let type = call.query["type"] ?? "all"
        guard ["all", "recycle", "permanent"].contains(type) else { throw .invalidParameter("type") }
        let perPage = call.number("per_page", in: 1...200) ?? 200
        let page = call.number("page", in: 1...100_000) ?? 1
        let rows: [JSON] = state.withLock { state in
            let deletions = state.table(module).deletions
            return deletions.numbers.reversed().lazy.compactMap { deletions[$0] }.filter { deletion in
                (since.map { deletion.at > $0 } ?? true)
                    && (type == "all" || deletion.isPermanent == (type == "permanent"))
            }.map(\.json)
        }
        if since != nil, rows.isEmpty { return Answer(status: 304) }
        let part = rows.dropFirst((page - 1) * perPage).prefix(perPage)
        return Self.page(
            Array(part),
            [
                "per_page": JSON(perPage), "count": JSON(part.count), "page": JSON(page),
                "more_records": JSON(page * perPage < rows.count),
            ])
    }
}
