import Foundation

/// Cursor paging as the Graph API does it; the cursors are opaque to clients and hold an offset.
enum GraphPaging {
    static func offset(_ cursor: String?) -> Int {
        guard let cursor, let data = Data(base64Encoded: cursor) else { return 0 }
        return max(0, Int(String(decoding: data, as: UTF8.self)) ?? 0)
    }

    /// `data` and `paging`; the last page has no `next`. An empty list has no cursors at all.
    static func page(_ items: [JSON], start: Int, total: Int, call: Call, summary: JSON? = nil) -> JSON {
        let end = start + items.count
        var paging: JSON?
        if !items.isEmpty {
            paging = [
                "cursors": ["before": JSON(cursor(start)), "after": JSON(cursor(end))],
                "next": end < total ? JSON(next(call, after: cursor(end))) : nil,
            ]
        }
        return ["data": .array(items), "paging": paging, "summary": summary]
    }

    private static func cursor(_ offset: Int) -> String { Data(String(offset).utf8).base64EncodedString() }

    private static func next(_ call: Call, after: String) -> String {
        var parts = URLComponents()
        parts.path = "/" + call.segments.joined(separator: "/")
        var query = call.query.filter { $0.key != "access_token" }
        query["after"] = after
        parts.queryItems = query.sorted { $0.key < $1.key }.map { URLQueryItem(name: $0.key, value: $0.value) }
        return call.origin + (parts.string ?? parts.path)
    }
}
