/// What a query asks of records.
indirect enum COQLCondition: Sendable {
    enum Comparison: String, Sendable {
        case equal = "="
        case notEqual = "!="
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
    }

    case and(COQLCondition, COQLCondition)
    case or(COQLCondition, COQLCondition)
    case compare(ZohoColumn, Comparison, String)
    case among(ZohoColumn, [String], isNegated: Bool)
    case like(ZohoColumn, String, isNegated: Bool)
    case empty(ZohoColumn, isNegated: Bool)
    case between(ZohoColumn, String, String)

    func matches(_ record: ZohoRecord, _ book: ZohoFieldBook) -> Bool {
        switch self {
        case .and(let one, let two): return one.matches(record, book) && two.matches(record, book)
        case .or(let one, let two): return one.matches(record, book) || two.matches(record, book)
        case .empty(let column, let isNegated): return (column.text(of: record, book) == nil) != isNegated
        case .compare(let column, let comparison, let value):
            return Self.compare(column, comparison, value, record, book)
        case .between(let column, let low, let high):
            return Self.compare(column, .greaterOrEqual, low, record, book)
                && Self.compare(column, .lessOrEqual, high, record, book)
        case .among(let column, let values, let isNegated):
            return values.contains { Self.compare(column, .equal, $0, record, book) } != isNegated
        case .like(let column, let pattern, let isNegated):
            guard let text = column.text(of: record, book)?.lowercased() else { return isNegated }
            return Self.isLike(text, pattern.lowercased()) != isNegated
        }
    }

    private static func compare(
        _ column: ZohoColumn, _ comparison: Comparison, _ value: String, _ record: ZohoRecord, _ book: ZohoFieldBook
    ) -> Bool {
        guard let text = column.text(of: record, book) else { return comparison == .notEqual }
        if let one = number(text, column, book), let two = number(value, column, book) {
            return isTrue(comparison, one < two, one == two)
        }
        let (one, two) = (text.lowercased(), value.lowercased())
        return isTrue(comparison, one < two, one == two)
    }

    private static func isTrue(_ comparison: Comparison, _ isLess: Bool, _ isEqual: Bool) -> Bool {
        switch comparison {
        case .equal: isEqual
        case .notEqual: !isEqual
        case .less: isLess
        case .lessOrEqual: isLess || isEqual
        case .greater: !isLess && !isEqual
        case .greaterOrEqual: !isLess
        }
    }

    /// Ids, users, whole numbers and moments compare as numbers.
    private static func number(_ text: String, _ column: ZohoColumn, _ book: ZohoFieldBook) -> Int64? {
        switch column {
        case .id, .owner, .creator, .modifier: return Int64(text)
        case .field(let number) where book.fields[number]?.kind == .integer: return Int64(text)
        default: return column.isTime(book) ? Int64(text) ?? ZohoTime.milliseconds(text) : nil
        }
    }

    private static func isLike(_ text: String, _ pattern: String) -> Bool {
        let bare = pattern.filter { $0 != "%" }
        switch (pattern.hasPrefix("%"), pattern.hasSuffix("%")) {
        case (true, true): return text.contains(bare)
        case (true, false): return text.hasSuffix(bare)
        case (false, true): return text.hasPrefix(bare)
        case (false, false): return text == bare
        }
    }
}
