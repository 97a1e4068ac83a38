/// Results that were longer than one page, for `nextRecordsUrl`. The latest are kept.
struct QueryPages: Sendable {
    struct Result: Sendable {
        let query: SOQLQuery
        let numbers: [Int]
        let pageSize: Int
    }

    private static let capacity = 20
    private var results: [(locator: String, result: Result)] = []
    private var count = 0

    mutating func keep(_ result: Result) -> String {
        count += 1
        let locator = "01g5g00000SANDBOX\(count)"
        results.append((locator, result))
        if results.count > Self.capacity { results.removeFirst() }
        return locator
    }

    subscript(locator: String) -> Result? { results.first { $0.locator == locator }?.result }
}
