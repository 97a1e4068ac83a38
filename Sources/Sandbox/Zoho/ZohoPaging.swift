import Domain
import Foundation

/// Which part of a list is asked for. By `page` up to record 2,000; behind that by the token that the page before gave,
/// which is bound to the other parameters and good for a day.
/// Source: Zoho CRM API v8, "Get Records", and its published error samples.
struct ZohoPaging: Sendable {
    private static let discreteLimit = 2000
    private static let tokenLife: Int64 = 86_400_000

    let perPage: Int
    let offset: Int
    private let now: Int64
    private let sortBy: String
    private let isAscending: Bool
    private let fingerprint: String

    init(_ call: Call) throws(ZohoError) {
        now = call.now.milliseconds
        perPage = call.number("per_page", in: 1...200) ?? 200
        sortBy = call.query["sort_by"] ?? "id"
        isAscending = call.query["sort_order"] == "asc"
        guard ["id", "Created_Time", "Modified_Time"].contains(sortBy) else { throw .invalidParameter("sort_by") }
        fingerprint = Self.fingerprint(call)
        let page = call.query["page"].flatMap { Int($0) }
        if let token = call.query["page_token"] {
            guard page == nil else { throw .ambiguous("page_token", path: "page_token") }
            offset = try Self.offset(in: token, fingerprint: fingerprint, now: now)
            return
        }
        guard page ?? 1 >= 1 else { throw .invalidParameter("page") }
        offset = ((page ?? 1) - 1) * perPage
        guard offset + perPage <= Self.discreteLimit else {
            throw ZohoError(
                "DISCRETE_PAGINATION_LIMIT_EXCEEDED",
                "You can only get the first 2000 records without using page_token param",
                details: ["limit": JSON(Self.discreteLimit)])
        }
    }

    func sorted(_ records: [ZohoRecord]) -> [ZohoRecord] {
        let key: KeyPath<ZohoRecord, Int64> =
            switch sortBy {
            case "Created_Time": \.createdAt
            case "Modified_Time": \.modifiedAt
            default: \.id
            }
        return records.sorted { first, second in
            let (one, two) = (first[keyPath: key], second[keyPath: key])
            let isBefore = one == two ? first.id < second.id : one < two
            return isBefore == isAscending && first.id != second.id
        }
    }

    func info(count: Int, total: Int) -> JSON {
        let end = offset + count
        let isMore = end < total
        return [
            "per_page": JSON(perPage), "next_page_token": isMore ? JSON("\(end)-\(now)-\(fingerprint)") : .null,
            "count": JSON(count), "sort_by": JSON(sortBy), "page": JSON(offset / perPage + 1),
            "previous_page_token": .null,
            "page_token_expiry": isMore ? JSON(ZohoTime.text(now + Self.tokenLife)) : .null,
            "sort_order": isAscending ? "asc" : "desc", "more_records": JSON(isMore),
        ]
    }

    private static func offset(in token: String, fingerprint: String, now: Int64) throws(ZohoError) -> Int {
        let parts = token.split(separator: "-")
        guard parts.count == 3, let offset = Int(parts[0]), let madeAt = Int64(parts[1]), parts[2] == fingerprint,
            (0...100_000).contains(offset)
        else {
            throw ZohoError(
                "TOKEN_BOUND_DATA_MISMATCH",
                "The page_token given seems to be invalid or input param is added or altered or deleted",
                details: ["param_name": "page_token"])
        }
        guard now - madeAt < tokenLife else {
            throw ZohoError("EXPIRED_VALUE", "The value provided has expired.", details: ["param_name": "page_token"])
        }
        return offset
    }

    /// The same for the same path and parameters.
    private static func fingerprint(_ call: Call) -> String {
        let bound = call.query.filter { $0.key != "page" && $0.key != "page_token" }.sorted { $0.key < $1.key }
        let text = call.segments.joined(separator: "/") + bound.map { "&\($0.key)=\($0.value)" }.joined()
        let hash = text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) { ($0 ^ UInt64($1)) &* 1_099_511_628_211 }
        return String(hash, radix: 36)
    }
}
