import Foundation

/// The criteria of a search, `((Last_Name:equals:Ana)and(Email:starts_with:a))`, at most ten.
enum ZohoCriteria {
    static func condition(_ text: String, book: ZohoFieldBook) throws(ZohoError) -> COQLCondition {
        var rest = Substring(text.filter { $0 != "\n" })
        var count = 0
        let condition = try parse(&rest, book, &count)
        guard rest.isEmpty, count <= 10 else { throw .invalidParameter("criteria") }
        return condition
    }

    private static func parse(
        _ rest: inout Substring, _ book: ZohoFieldBook, _ count: inout Int
    ) throws(ZohoError) -> COQLCondition {
        guard rest.first == "(" else { throw .invalidParameter("criteria") }
        rest.removeFirst()
        guard rest.first == "(" else { return try comparison(&rest, book, &count) }
        var condition = try parse(&rest, book, &count)
        while rest.first != ")" {
            let isAnd = rest.lowercased().hasPrefix("and")
            guard isAnd || rest.lowercased().hasPrefix("or") else { throw .invalidParameter("criteria") }
            rest.removeFirst(isAnd ? 3 : 2)
            let other = try parse(&rest, book, &count)
            condition = isAnd ? .and(condition, other) : .or(condition, other)
        }
        rest.removeFirst()
        return condition
    }

    private static func comparison(
        _ rest: inout Substring, _ book: ZohoFieldBook, _ count: inout Int
    ) throws(ZohoError) -> COQLCondition {
        guard let end = rest.firstIndex(of: ")") else { throw .invalidParameter("criteria") }
        let parts = rest[..<end].split(separator: ":", maxSplits: 2)
        rest = rest[rest.index(after: end)...]
        count += 1
        guard parts.count == 3, let column = ZohoColumn(String(parts[0]), in: book) else {
            throw .invalidParameter("criteria")
        }
        let value = String(parts[2])
        switch parts[1] {
        case "equals": return .compare(column, .equal, value)
        case "not_equal": return .compare(column, .notEqual, value)
        case "starts_with": return .like(column, value + "%", isNegated: false)
        case "in": return .among(column, value.split(separator: ",").map(String.init), isNegated: false)
        default: throw .invalidParameter("criteria")
        }
    }
}
