import Domain
import Synchronization

/// `POST /crm/v8/coql {"select_query": "select …"}`: sees every change at once.
extension Zoho {
    func coql(_ call: Call) throws(ZohoError) -> Answer {
        guard call.method == .post else { throw .wrongMethod }
        let body = try Self.body(call)
        guard let text = body["select_query"]?.text else {
            throw .missing("select_query", path: "$.select_query")
        }
        return try withState { state throws(ZohoError) in
            let query = try COQLQuery(text, in: state)
            let (rows, isMore) = Self.rows(query, in: state)
            let writer = ZohoWriter(query.module, in: state, names: query.names)
            return Self.page(
                rows.map { Self.plain(writer.json($0)) }, ["count": JSON(rows.count), "more_records": JSON(isMore)])
        }
    }

    private static func rows(_ query: COQLQuery, in state: ZohoState) -> (rows: ArraySlice<ZohoRecord>, isMore: Bool) {
        let run = COQLRun(condition: query.condition, book: state.book(query.module), table: state.table(query.module))
        let end = query.offset + query.limit
        let isByChange =
            query.order == [.init(column: .modified, isAscending: true), .init(column: .id, isAscending: true)]
        let sorted: [ZohoRecord] =
            if isByChange, let start = COQLRun.earliestChange(query.condition) {
                run.inOrderOfChange(from: start, atMost: end + 1)
            } else {
                sort(run.matches, by: query.order, run.book)
            }
        return (sorted.dropFirst(query.offset).prefix(query.limit), sorted.count > end)
    }

    private static func sort(
        _ records: [ZohoRecord], by order: [COQLQuery.Order], _ book: ZohoFieldBook
    ) -> [ZohoRecord] {
        records.sorted { first, second in
            for rule in order {
                let isBefore: Bool
                switch rule.column {
                case .id where first.id != second.id: isBefore = first.id < second.id
                case .created where first.createdAt != second.createdAt: isBefore = first.createdAt < second.createdAt
                case .modified where first.modifiedAt != second.modifiedAt:
                    isBefore = first.modifiedAt < second.modifiedAt
                case .id, .created, .modified: continue
                default:
                    let (one, two) = (rule.column.text(of: first, book) ?? "", rule.column.text(of: second, book) ?? "")
                    if one == two { continue }
                    isBefore = one < two
                }
                return isBefore == rule.isAscending
            }
            return first.id < second.id
        }
    }

    /// People come as their ids alone.
    private static func plain(_ row: JSON) -> JSON {
        var row = row
        for name in ["Owner", "Created_By", "Modified_By"] {
            if let id = row[name]?["id"] { row[name] = ["id": id] }
        }
        return row
    }
}
