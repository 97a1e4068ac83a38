import Domain
import NIOCore

/// `POST /crm/v3/objects/{type}/search`: sees changes after the index's delay, never archived records.
extension HubSpot {
    private static let maximumResults = 10_000

    private struct Search: Sendable {
        let groups: [[SearchFilter]]
        let sort: SearchSort
        let text: String?
        let asked: [String]
        let limit: Int
        let after: Int
    }

    func search(_ type: ObjectType, _ call: Call) throws(HubSpotError) -> Answer {
        guard call.body.readableBytes <= 3000 else { throw .validation("The request body may have 3,000 characters.") }
        let body = try Self.body(call)
        return try withState { state throws(HubSpotError) in
            let search = try Self.read(body, type, state.book(type))
            let found = search.sort.sorted(Self.matches(search, type, in: state, at: call.now.milliseconds))
            return Self.answer(search, found, type, in: state)
        }
    }

    private static func read(_ body: JSON, _ type: ObjectType, _ book: PropertyBook) throws(HubSpotError) -> Search {
        var groups: [[SearchFilter]] = []
        // Older clients give `filters` without a group.
        let written = body["filterGroups"]?.items ?? body["filters"].map { [["filters": $0]] } ?? []
        for group in written {
            var filters: [SearchFilter] = []
            for filter in group["filters"]?.items ?? [] {
                filters.append(try SearchFilter(filter, type: type, book: book))
            }
            guard filters.count <= 6 else { throw .validation("A filter group has at most 6 filters.") }
            groups.append(filters)
        }
        guard groups.count <= 5, groups.joined().count <= 18 else {
            throw .validation("A search has at most 5 filter groups and 18 filters.")
        }
        let limit = Int(clamping: body["limit"]?.wholeNumber ?? 10)
        let after = Int(clamping: body["after"]?.wholeNumber ?? 0)
        guard (0...200).contains(limit) else { throw .validation("limit must be from 1 to 200.") }
        guard after >= 0, after + max(1, limit) <= maximumResults else {
            throw .validation("The paging would go beyond \(maximumResults) results.")
        }
        return Search(
            groups: groups, sort: try SearchSort(body["sorts"], type: type, book: book),
            text: body["query"]?.text.flatMap { $0.isEmpty ? nil : $0.lowercased() },
            asked: (body["properties"]?.items ?? []).compactMap(\.text), limit: limit == 0 ? 10 : limit, after: after)
    }

    private static func matches(
        _ search: Search, _ type: ObjectType, in state: HubSpotState, at now: Int64
    ) -> [CRMRecord] {
        let table = state.table(type)
        let searched = searchedFields(type, state.book(type))
        func isMatch(_ record: CRMRecord) -> Bool {
            (search.groups.isEmpty || search.groups.contains { $0.allSatisfy { $0.matches(record) } })
                && (search.text.map { text in
                    searched.contains { record[$0]?.lowercased().contains(text) ?? false }
                } ?? true)
        }
        guard let candidates = candidates(search, table) else {
            return table.records.numbers.compactMap { number in
                table.records[number].flatMap { table.indexed($0, at: now, lag: state.lag) }
            }.filter(isMatch)
        }
        return candidates.compactMap { id in
            table[id].flatMap { table.indexed($0, at: now, lag: state.lag) }
        }.filter(isMatch)
    }

    /// The ids an index gives, when each group has a filter with one; nil: all records must be looked at.
    private static func candidates(_ search: Search, _ table: ObjectTable) -> Set<Int64>? {
        guard !search.groups.isEmpty else { return nil }
        var ids = Set(table.staleIDs)
        for group in search.groups {
            guard let lookup = group.compactMap(\.lookup).first(where: { table.isIndexed($0.property) }) else {
                return nil
            }
            for value in lookup.values { ids.formUnion(table.ids(with: value, in: lookup.property)) }
        }
        return ids
    }

    private static func searchedFields(_ type: ObjectType, _ book: PropertyBook) -> [Int] {
        let names =
            switch type {
            case .contacts:
                [
                    "firstname", "lastname", "email", "phone", "mobilephone", "company", "hs_whatsapp_phone_number",
                    "hs_searchable_calculated_phone_number", "hs_searchable_calculated_mobile_number",
                ]
            case .companies: ["name", "domain", "phone"]
            case .communications: ["hs_communication_body"]
            case .notes: ["hs_note_body"]
            case .tasks: ["hs_task_subject", "hs_task_body"]
            }
        return names.compactMap { book.number(of: $0) }
    }

    private static func answer(
        _ search: Search, _ found: [CRMRecord], _ type: ObjectType, in state: HubSpotState
    ) -> Answer {
        let writer = RecordWriter(type: type, book: state.book(type), asked: search.asked)
        let page = found.dropFirst(search.after).prefix(search.limit)
        var json = JSONWriter(capacity: 512 * (page.count + 1))
        json.raw(#"{"total":"#)
        json.write(Int64(found.count))
        json.raw(#","results":["#)
        for (index, record) in page.enumerated() {
            if index > 0 { json.raw(",") }
            writer.write(record, to: &json)
        }
        json.raw("]")
        let end = search.after + page.count
        if end < found.count, !page.isEmpty { json.raw(Array(#","paging":{"next":{"after":"\#(end)"}}"#.utf8)) }
        json.raw("}")
        return answer(json)
    }
}
