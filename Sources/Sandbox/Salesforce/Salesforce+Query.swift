import Synchronization

/// `…/query` and `…/queryAll`: SOQL sees every change at once.
extension Salesforce {
    private static let pageSize = 2000

    func query(
        _ rest: [String], _ request: SalesforceRequest, includesDeleted: Bool
    ) throws(SalesforceError) -> Answer {
        guard request.call.method == .get else { throw .method }
        if let locator = rest.first { return try next(locator, request) }
        guard let text = request.call.query["q"] else {
            throw .bad("MALFORMED_QUERY", "A query string has to be specified")
        }
        let size = Self.batchSize(request)
        return try withState { state throws(SalesforceError) in
            let query = try SOQLQuery(text, in: state)
            let numbers = query.numbers(in: state, includesDeleted: includesDeleted)
            guard query.fields != nil else {
                return .json(["totalSize": JSON(numbers.count), "done": true, "records": []])
            }
            let result = QueryPages.Result(query: query, numbers: numbers, pageSize: size)
            let locator = numbers.count > size ? state.pages.keep(result) : nil
            return Self.page(result, from: 0, locator, request, in: state)
        }
    }

    /// `Sforce-Query-Options: batchSize=200…2000`.
    private static func batchSize(_ request: SalesforceRequest) -> Int {
        let options = request.call.header("Sforce-Query-Options")?.split(separator: "=").last
        let size = options.flatMap { Int($0.filter(\.isASCIIDigit)) } ?? pageSize
        return min(max(size, 200), pageSize)
    }

    /// `{locator}-{position}`
    private func next(_ name: String, _ request: SalesforceRequest) throws(SalesforceError) -> Answer {
        let parts = name.split(separator: "-")
        return try withState { state throws(SalesforceError) in
            guard parts.count == 2, let start = Int(parts[1]), start >= 0, let result = state.pages[String(parts[0])]
            else { throw .bad("INVALID_QUERY_LOCATOR", "invalid query locator") }
            return Self.page(result, from: start, String(parts[0]), request, in: state)
        }
    }

    private static func page(
        _ result: QueryPages.Result, from start: Int, _ locator: String?, _ request: SalesforceRequest,
        in state: SalesforceState
    ) -> Answer {
        let object = result.query.object
        let view = RecordView(object: object, state: state, version: request.version)
        let numbers = result.numbers.dropFirst(start).prefix(result.pageSize)
        let records = numbers.compactMap { state[object].table[$0] }.map {
            view.json($0, fields: result.query.fields ?? [])
        }
        let end = start + numbers.count
        let isDone = end >= result.numbers.count
        return .json([
            "totalSize": JSON(result.numbers.count), "done": JSON(isDone),
            "nextRecordsUrl": isDone
                ? nil : locator.map { JSON("/services/data/\(request.version)/query/\($0)-\(end)") },
            "records": .array(records),
        ])
    }
}
