import Foundation

/// A `select` as Zoho understands it, of one module without joins.
/// Source: Zoho CRM API v8, "COQL: overview" and "limitations", and its published error samples.
struct COQLQuery {
    struct Order: Equatable {
        let column: ZohoColumn
        let isAscending: Bool
    }

    static let mostRows = 2000
    static let mostOffset = 100_000

    let module: ZohoModule
    let names: [String]
    let condition: COQLCondition
    let order: [Order]
    let offset: Int
    let limit: Int

    init(_ text: String, in state: ZohoState) throws(ZohoError) {
        var tokens = try COQLTokens(text)
        try tokens.expect("select")
        let names = try Self.names(&tokens)
        try tokens.expect("from")
        module = try Self.module(try tokens.take(), in: state)
        let book = state.book(module)
        for name in names where ZohoColumn(name, in: book) == nil { throw Self.invalidColumn(name) }
        guard Set(names).count == names.count else {
            throw ZohoError("DUPLICATE_DATA", "duplicate column given", details: ["column_name": JSON(names[0])])
        }
        self.names = names
        guard tokens.take(if: "where") else {
            throw ZohoError("SYNTAX_ERROR", "missing clause", details: ["clause": "where"])
        }
        var parser = COQLConditionParser(tokens: tokens, book: book)
        condition = try parser.condition()
        tokens = parser.tokens
        order = try Self.order(&tokens, book)
        (offset, limit) = try Self.limit(&tokens)
        guard tokens.next == nil else { throw tokens.unexpected }
    }

    static func invalidColumn(_ name: String) -> ZohoError {
        ZohoError("INVALID_QUERY", "column given seems to be invalid", details: ["column_name": JSON(name)])
    }

    private static func names(_ tokens: inout COQLTokens) throws(ZohoError) -> [String] {
        var names: [String] = []
        repeat {
            let token = try tokens.take()
            guard token.kind == .word, !token.isWord("from") else {
                throw COQLTokens.syntax(near: token.text, column: token.column)
            }
            names.append(token.text)
        } while tokens.take(if: ",")
        guard names.count <= 50 else {
            throw ZohoError("LIMIT_EXCEEDED", "select column limit exceeded", details: ["limit": 50])
        }
        return names
    }

    private static func module(_ token: COQLTokens.Token, in state: ZohoState) throws(ZohoError) -> ZohoModule {
        guard let module = try? state.module(token.text), module.isQueried else {  // whatever is wrong with it
            throw ZohoError(
                "INVALID_MODULE", "the module name given seems to be invalid", details: ["module": JSON(token.text)])
        }
        return module
    }

    private static func order(_ tokens: inout COQLTokens, _ book: ZohoFieldBook) throws(ZohoError) -> [Order] {
        guard tokens.take(if: "order") else { return [Order(column: .id, isAscending: true)] }
        try tokens.expect("by")
        var order: [Order] = []
        repeat {
            let token = try tokens.take()
            guard let column = ZohoColumn(token.text, in: book) else { throw invalidColumn(token.text) }
            guard !order.contains(where: { $0.column == column }) else {
                throw ZohoError("DUPLICATE_DATA", "duplicate column given", details: ["column_name": JSON(token.text)])
            }
            let isDescending = tokens.take(if: "desc")
            if !isDescending { _ = tokens.take(if: "asc") }
            order.append(Order(column: column, isAscending: !isDescending))
        } while tokens.take(if: ",")
        return order
    }

    /// `limit 200`, `limit 400, 200` (offset first) or `limit 200 offset 400`.
    private static func limit(_ tokens: inout COQLTokens) throws(ZohoError) -> (offset: Int, limit: Int) {
        guard tokens.take(if: "limit") else { return (0, 200) }
        var (offset, limit) = (0, try number(&tokens))
        if tokens.take(if: ",") { (offset, limit) = (limit, try number(&tokens)) }
        if tokens.take(if: "offset") { offset = try number(&tokens) }
        guard (1...mostRows).contains(limit), offset + limit <= mostOffset else {
            throw ZohoError("LIMIT_EXCEEDED", "limit exceeded", details: ["limit": JSON(mostRows)])
        }
        return (offset, limit)
    }

    private static func number(_ tokens: inout COQLTokens) throws(ZohoError) -> Int {
        let token = try tokens.take()
        guard token.kind == .number, let number = Int(token.text), (0...10_000_000).contains(number) else {
            throw COQLTokens.syntax(near: token.text, column: token.column)
        }
        return number
    }
}
