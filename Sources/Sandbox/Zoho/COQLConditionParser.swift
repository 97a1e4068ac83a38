/// Reads what stands behind `where`. Zoho wants each `and` and `or` to join two: three or more are put in brackets.
struct COQLConditionParser {
    private static let mostCriteria = 25
    private static let mostValues = 50

    var tokens: COQLTokens
    let book: ZohoFieldBook
    private var criteria = 0

    init(tokens: COQLTokens, book: ZohoFieldBook) {
        self.tokens = tokens
        self.book = book
    }

    mutating func condition() throws(ZohoError) -> COQLCondition {
        let first = try operand()
        let isAnd = tokens.take(if: "and")
        guard isAnd || tokens.take(if: "or") else { return first }
        let second = try operand()
        if let next = tokens.next, next.isWord("and") || next.isWord("or") { throw tokens.unexpected }
        return isAnd ? .and(first, second) : .or(first, second)
    }

    private mutating func operand() throws(ZohoError) -> COQLCondition {
        guard tokens.take(if: "(") else { return try comparison() }
        let inner = try condition()
        try tokens.expect(")")
        return inner
    }

    private mutating func comparison() throws(ZohoError) -> COQLCondition {
        criteria += 1
        guard criteria <= Self.mostCriteria else {
            throw ZohoError("LIMIT_EXCEEDED", "criteria limit exceeded", details: ["limit": JSON(Self.mostCriteria)])
        }
        let name = try tokens.take()
        guard let column = ZohoColumn(name.text, in: book) else { throw COQLQuery.invalidColumn(name.text) }
        if case .field(let number) = column, book.fields[number]?.kind == .textarea {
            throw ZohoError("INVALID_QUERY", "unsupported column", details: ["column_name": JSON(name.text)])
        }
        if tokens.take(if: "is") {
            let isNegated = tokens.take(if: "not")
            try tokens.expect("null")
            return .empty(column, isNegated: isNegated)
        }
        let isNegated = tokens.take(if: "not")
        if tokens.take(if: "in") { return .among(column, try values(column), isNegated: isNegated) }
        if tokens.take(if: "like") { return .like(column, try value(column), isNegated: isNegated) }
        if tokens.take(if: "between") {
            let low = try value(column)
            try tokens.expect("and")
            return .between(column, low, try value(column))
        }
        let sign = try tokens.take()
        guard !isNegated, sign.kind == .sign, let comparison = COQLCondition.Comparison(rawValue: sign.text) else {
            throw COQLTokens.syntax(near: sign.text, column: sign.column)
        }
        return .compare(column, comparison, try value(column))
    }

    private mutating func values(_ column: ZohoColumn) throws(ZohoError) -> [String] {
        try tokens.expect("(")
        var values: [String] = []
        repeat { values.append(try value(column)) } while tokens.take(if: ",")
        try tokens.expect(")")
        guard values.count <= Self.mostValues else {
            throw ZohoError("LIMIT_EXCEEDED", "in operator limit exceeded", details: ["limit": JSON(Self.mostValues)])
        }
        return values
    }

    private mutating func value(_ column: ZohoColumn) throws(ZohoError) -> String {
        let token = try tokens.take()
        let isFlag = token.isWord("true") || token.isWord("false")
        guard token.kind == .text || token.kind == .number || isFlag else {
            throw COQLTokens.syntax(near: token.text, column: token.column)
        }
        if column.isTime(book), ZohoTime.milliseconds(token.text) == nil {
            throw ZohoError(
                "INVALID_QUERY", "value given seems to be invalid for the column", details: ["value": JSON(token.text)])
        }
        return token.text
    }
}
