import Domain

/// Tags, which records do not take with their other values.
/// Source: Zoho's published OpenAPI file `tags` (v8.0).
extension ZohoConnector {
    /// Of one call.
    private static let maxTags = 10
    private static let maxRecords = 100

    private struct Body: Encodable {
        struct Tag: Encodable { let name: String }
        let tags: [Tag]
        let over_write: Bool?
    }

    /// Gives records that were written their tags; an outcome becomes a failure where Zoho refuses them.
    /// - Parameter wishes: by positions among the outcomes; nil tags are left alone.
    func writeTags(
        _ wishes: [(index: Int, tags: [String]?)], _ outcomes: inout [ItemOutcome?]
    ) async throws(CallFailure) {
        let written = wishes.filter { $0.tags != nil && outcomes[$0.index]?.remoteID != nil }
        let groups = Dictionary(grouping: written) { Set($0.tags ?? []) }
        for (tags, members) in groups.sorted(by: { $0.value[0].index < $1.value[0].index }) {
            for start in stride(from: 0, to: members.count, by: Self.maxRecords) {
                let part = members[start..<min(start + Self.maxRecords, members.count)].map(\.index)
                let ids = part.compactMap { outcomes[$0]?.remoteID }
                for (index, failure) in zip(part, await give(tags.sorted(), to: ids)) {
                    if let failure { outcomes[index] = .failed(failure) }
                }
            }
        }
    }

    /// - Returns: for each record why it did not get them; nil where it has them now.
    private func give(_ tags: [String], to ids: [String]) async -> [CallFailure?] {
        do throws(CallFailure) {
            guard !tags.isEmpty else { return try await takeAll(from: ids) }
            var failures = [CallFailure?](repeating: nil, count: ids.count)
            for start in stride(from: 0, to: tags.count, by: Self.maxTags) {
                let part = Array(tags[start..<min(start + Self.maxTags, tags.count)])
                // The first ten take the place of all that were there.
                let outcomes = try await change("add_tags", part, of: ids, replaces: start == 0)
                failures = zip(failures, outcomes).map { $0 ?? $1 }
            }
            return failures
        } catch {
            return ids.map { _ in error }
        }
    }

    private func takeAll(from ids: [String]) async throws(CallFailure) -> [CallFailure?] {
        let held = try await contacts(remoteIDs: ids, reading: [Self.tags])
        let tags = held.reduce(into: Set<String>()) { $0.formUnion(SyncSet($1.fields[Self.tags] ?? "").words) }.sorted()
        var failures = [CallFailure?](repeating: nil, count: ids.count)
        for start in stride(from: 0, to: tags.count, by: Self.maxTags) {
            let part = Array(tags[start..<min(start + Self.maxTags, tags.count)])
            let outcomes = try await change("remove_tags", part, of: ids, replaces: false)
            failures = zip(failures, outcomes).map { $0 ?? $1 }
        }
        return failures
    }

    private func change(
        _ action: String, _ tags: [String], of ids: [String], replaces: Bool
    ) async throws(CallFailure) -> [CallFailure?] {
        let items = try await api.write(
            "POST", "/Contacts/actions/\(action)?ids=\(ids.joined(separator: ","))",
            Body(tags: tags.map { .init(name: $0) }, over_write: replaces ? true : nil), rows: ids.count,
            effect: .repeatable)
        guard items.count == ids.count else { throw ZohoAdvice.unmentioned(isRepeatable: true) }
        return items.map { $0.isSuccess ? nil : api.failures(.repeatable).failure($0) }
    }
}
