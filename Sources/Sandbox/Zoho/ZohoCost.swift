import Foundation

/// What a call costs of the organisation's credits, and whether it is of the heavier kind.
/// Source: Zoho CRM API v8, "API Limits", credits per call and sub-concurrency.
struct ZohoCost: Equatable {
    let credits: Int
    let isHeavy: Bool

    /// - Parameter call: its path begins behind `/crm/v8`.
    init(_ call: Call) {
        let last = call.segments.last
        if last == "coql" {
            let query = (try? call.json())?["select_query"]?.text ?? ""  // unreadable: refused later on
            let limit = Self.limit(of: query)
            (credits, isHeavy) = (limit <= 200 ? 1 : limit <= 1000 ? 2 : 3, true)
            return
        }
        guard call.method != .get else {
            (credits, isHeavy) = (1, last == "search")
            return
        }
        let rows = (try? call.json())?["data"]?.items?.count ?? 1  // unreadable: refused later on
        credits = max(1, (rows + 9) / 10)
        isHeavy = last == "upsert" && rows > 10
    }

    private static func limit(of query: String) -> Int {
        let query = query.lowercased()
        guard let start = query.range(of: " limit ", options: .backwards) else { return 200 }
        return query[start.upperBound...].split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }.last ?? 200
    }
}
