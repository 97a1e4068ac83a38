/// Reads the part of SOQL that integrations use: one type, no functions but COUNT(), no fields of other records.
struct SOQLParser {
    private let tokens: [SOQLLexer.Token]
    private var position = 0
    private static let maximumDepth = 32

    init(tokens: [SOQLLexer.Token]) { self.tokens = tokens }

    mutating func query(in state: SalesforceState) throws(SalesforceError) -> SOQLQuery {
        try expect("select")
        let names = try selection()
        try expect("from")
        let object = try state.object(try name())
        let schema = state[object].schema
        var fields: [Int]?
        if let names {
            fields = []
            for name in names { fields?.append(try Self.field(name, schema)) }
        }
        let condition = skip("where") ? try alternatives(schema, depth: 0) : nil
        let order = try order(schema)
        let limit = try count(after: "limit")
        let offset = try count(after: "offset") ?? 0
        guard position == tokens.count else { throw unexpected() }
        return SOQLQuery(
            object: object, fields: fields, condition: condition, order: order, limit: limit, offset: offset)
    }

    // MARK: Conditions

    private mutating func alternatives(_ schema: SObjectSchema, depth: Int) throws(SalesforceError) -> SOQLCondition {
        var parts = [try conjunction(schema, depth: depth)]
        while skip("or") { parts.append(try conjunction(schema, depth: depth)) }
        return parts.count == 1 ? parts[0] : .anyOf(parts)
    }

    private mutating func conjunction(_ schema: SObjectSchema, depth: Int) throws(SalesforceError) -> SOQLCondition {
        var parts = [try part(schema, depth: depth)]
        while skip("and") { parts.append(try part(schema, depth: depth)) }
        return parts.count == 1 ? parts[0] : .allOf(parts)
    }

    private mutating func part(_ schema: SObjectSchema, depth: Int) throws(SalesforceError) -> SOQLCondition {
        guard depth < Self.maximumDepth else { throw .bad("QUERY_TOO_COMPLICATED", "too many brackets") }
        if skip("not") { return .not(try part(schema, depth: depth + 1)) }
        if skip(symbol: "(") {
            let inner = try alternatives(schema, depth: depth + 1)
            try expect(symbol: ")")
            return inner
        }
        let number = try Self.field(try name(), schema)
        let field = schema.fields[number]
        if field.kind == .textarea {
            throw .bad("INVALID_FIELD", "field '\(field.name)' can not be filtered in a query call")
        }
        let comparison = try comparison()
        let isList = [.isIn, .notIn].contains(comparison)
        if isList { try expect(symbol: "(") }
        var values = [try value(field)]
        while isList, skip(symbol: ",") { values.append(try value(field)) }
        if isList { try expect(symbol: ")") }
        return .field(number, comparison, values)
    }

    private mutating func comparison() throws(SalesforceError) -> SOQLCondition.Comparison {
        if skip("like") { return .like }
        if skip("in") { return .isIn }
        if skip("not") {
            try expect("in")
            return .notIn
        }
        guard case .symbol(let text)? = next() else { throw unexpected() }
        switch text {
        case "=": return .equal
        case "!=": return .notEqual
        case "<": return .less
        case "<=": return .lessOrEqual
        case ">": return .greater
        case ">=": return .greaterOrEqual
        default: throw unexpected()
        }
    }

    private mutating func value(_ field: SObjectField) throws(SalesforceError) -> SOQLValue {
        switch next() {
        case .string(let text)?:
            guard ![.datetime, .date, .boolean, .double].contains(field.kind) else { throw quoted(field) }
            guard field.kind == .id || field.kind == .reference else { return .text(text.lowercased()) }
            guard let id = SalesforceID.full(text) else {
                throw .bad("INVALID_QUERY_FILTER_OPERATOR", "invalid ID field: \(text.prefix(40))")
            }
            return .text(id)
        case .word(let word)?:
            switch word.lowercased() {
            case "null": return .null
            case "true": return .flag(true)
            case "false": return .flag(false)
            default: break
            }
            if let time = SalesforceTime.milliseconds(word) { return .time(time) }
            if let number = Double(word) { return .number(number) }
            throw unexpected()
        default: throw unexpected()
        }
    }

    private func quoted(_ field: SObjectField) -> SalesforceError {
        let type = field.kind == .datetime ? "dateTime" : field.kind.rawValue
        return .bad(
            "INVALID_FIELD",
            "value of filter criterion for field '\(field.name)' must be of type \(type) and should not be enclosed in "
                + "quotes")
    }

    // MARK: Parts

    /// Nil for `COUNT()`.
    private mutating func selection() throws(SalesforceError) -> [String]? {
        if skip("count") {
            try expect(symbol: "(")
            try expect(symbol: ")")
            return nil
        }
        var names = [try name()]
        while skip(symbol: ",") { names.append(try name()) }
        return names
    }

    private mutating func order(_ schema: SObjectSchema) throws(SalesforceError) -> [SOQLQuery.Order] {
        guard skip("order") else { return [] }
        try expect("by")
        var order: [SOQLQuery.Order] = []
        repeat {
            let field = try Self.field(try name(), schema)
            let isDescending = skip("desc")
            if !isDescending { _ = skip("asc") }
            if skip("nulls"), !skip("first") { try expect("last") }
            order.append(SOQLQuery.Order(field: field, isDescending: isDescending))
        } while skip(symbol: ",")
        return order
    }

    private mutating func count(after word: String) throws(SalesforceError) -> Int? {
        guard skip(word) else { return nil }
        guard let number = Int(try name()), number >= 0 else { throw unexpected() }
        return number
    }

    private static func field(_ name: String, _ schema: SObjectSchema) throws(SalesforceError) -> Int {
        guard let number = schema.number(of: name) else { throw .unknownField(name, of: schema.name) }
        return number
    }

    // MARK: Words

    private mutating func next() -> SOQLLexer.Token? {
        guard position < tokens.count else { return nil }
        position += 1
        return tokens[position - 1]
    }

    private mutating func name() throws(SalesforceError) -> String {
        guard case .word(let text)? = next() else { throw unexpected() }
        return text
    }

    private mutating func skip(_ word: String) -> Bool {
        guard position < tokens.count, tokens[position].isWord(word) else { return false }
        position += 1
        return true
    }

    private mutating func skip(symbol: String) -> Bool {
        guard position < tokens.count, tokens[position] == .symbol(symbol) else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ word: String) throws(SalesforceError) {
        guard skip(word) else { throw unexpected() }
    }

    private mutating func expect(symbol: String) throws(SalesforceError) {
        guard skip(symbol: symbol) else { throw unexpected() }
    }

    private func unexpected() -> SalesforceError {
        let before = tokens.prefix(position).suffix(3).map { token in
            switch token {
            case .word(let text), .string(let text), .symbol(let text): text
            }
        }
        return .bad("MALFORMED_QUERY", "unexpected token near: \(before.joined(separator: " ").prefix(120))")
    }
}
