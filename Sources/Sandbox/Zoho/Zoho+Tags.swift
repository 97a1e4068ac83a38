import Domain
import Synchronization

/// `…/actions/add_tags` and `…/actions/remove_tags`, of one record or of several.
/// Source: Zoho's published OpenAPI file `tags` (v8.0).
extension Zoho {
    private static let mostTags = 10

    func changeTags(
        _ module: ZohoModule, _ name: String, _ ids: [String], _ call: Call
    ) throws(ZohoError) -> Answer {
        guard ["add_tags", "remove_tags"].contains(name) else { throw .noSuchURL }
        let body = try Self.body(call)
        let ids = ids.isEmpty ? (body["ids"]?.items ?? []).compactMap(\.identifier) : ids
        let tags = (body["tags"]?.items ?? []).compactMap { $0["name"]?.text }
        guard !ids.isEmpty else { throw .missing("ids", path: "$.ids") }
        guard (1...Self.mostTags).contains(tags.count) else {
            throw .tooLong("tags", path: "$.tags", maximum: Self.mostTags)
        }
        let replaces = body["over_write"]?.flag == true
        let isAdding = name == "add_tags"
        let results: [(json: JSON, record: ZohoRecord?)] = state.withLock { state in
            ids.map { text in
                let changed = Int64(text).flatMap { id in
                    Self.change(id, module, tags, isAdding: isAdding, replaces: replaces, call.now.milliseconds, &state)
                }
                return (Self.json(changed, id: text, isAdding: isAdding), changed)
            }
        }
        announce(
            results.compactMap(\.record).map { Written(action: .update, record: $0, names: ["Tag"]) }, module)
        let good = results.count { $0.record != nil }
        if module == .contacts { state.withLock { $0.contactWrites.tagged += good } }
        let status = good == results.count ? 200 : good == 0 ? 400 : 207
        return .json(["data": .array(results.map(\.json))], status: status)
    }

    private static func change(
        _ id: Int64, _ module: ZohoModule, _ tags: [String], isAdding: Bool, replaces: Bool, _ now: Int64,
        _ state: inout ZohoState
    ) -> ZohoRecord? {
        for tag in tags { _ = state.tag(tag) }
        return state.tables[module.rawValue].update(id, at: now, by: .bridge) { record in
            if isAdding {
                let kept = replaces ? [] : record.tags.filter { !tags.contains($0) }
                record.tags = kept + tags
            } else {
                record.tags.removeAll { tags.contains($0) }
            }
        }
    }

    private static func json(_ record: ZohoRecord?, id: String, isAdding: Bool) -> JSON {
        guard let record else { return ZohoError.wrongID(id, path: "$.ids").json }
        return [
            "code": "SUCCESS", "details": ["id": JSON(id), "tags": JSON(record.tags)],
            "message": isAdding ? "tags updated successfully" : "tags removed successfully", "status": "success",
        ]
    }
}
