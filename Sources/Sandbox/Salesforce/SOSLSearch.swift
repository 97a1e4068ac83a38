/// `FIND {a OR b} IN PHONE FIELDS RETURNING Contact(Id, Name), Lead(Id)`.
/// Source: Salesforce, SOQL and SOSL Reference; Salesforce Help, "Search for phone numbers".
struct SOSLSearch {
    enum Scope: String { case all, name, email, phone }

    struct Returning {
        let object: Int
        let fields: [Int]
        let limit: Int
    }

    let terms: [String]
    let scope: Scope
    let returning: [Returning]

    init(_ text: String, in state: SalesforceState) throws(SalesforceError) {
        guard text.lowercased().hasPrefix("find"), let open = text.firstIndex(of: "{"),
            let close = text.firstIndex(of: "}"), open < close
        else { throw .bad("MALFORMED_SEARCH", "FIND {…} is missing") }
        terms = text[text.index(after: open)..<close].split(separator: " OR ").map {
            $0.filter { $0 != "\"" && $0 != "\\" }.lowercased()
        }.filter { !$0.isEmpty }
        guard !terms.isEmpty else { throw .bad("MALFORMED_SEARCH", "search term must be longer than one character") }
        let tokens = try SOQLLexer.tokens(String(text[text.index(after: close)...]))
        var position = 0
        scope = try Self.scope(tokens, &position)
        returning = try Self.returning(tokens, &position, in: state)
    }

    private static func scope(_ tokens: [SOQLLexer.Token], _ position: inout Int) throws(SalesforceError) -> Scope {
        guard let first = tokens.first, first.isWord("in") else { return .all }
        guard tokens.count >= 3, case .word(let word) = tokens[1], let scope = Scope(rawValue: word.lowercased()),
            tokens[2].isWord("fields")
        else { throw .bad("MALFORMED_SEARCH", "IN … FIELDS is wrong") }
        position = 3
        return scope
    }

    private static func returning(
        _ tokens: [SOQLLexer.Token], _ position: inout Int, in state: SalesforceState
    ) throws(SalesforceError) -> [Returning] {
        guard position < tokens.count else {
            return [Returning(object: try state.object("Contact"), fields: [0], limit: 2000)]
        }
        guard tokens[position].isWord("returning") else { throw .bad("MALFORMED_SEARCH", "RETURNING is wrong") }
        position += 1
        var list: [Returning] = []
        while position < tokens.count, case .word(let type) = tokens[position] {
            position += 1
            let object = try state.object(type)
            var (fields, limit) = ([Int](), 2000)
            if position < tokens.count, tokens[position] == .symbol("(") {
                (fields, limit) = try Self.fields(tokens, &position, state[object].schema)
            }
            list.append(Returning(object: object, fields: fields.isEmpty ? [0] : fields, limit: limit))
            if position < tokens.count, tokens[position] == .symbol(",") { position += 1 }
        }
        guard position == tokens.count, !list.isEmpty else { throw .bad("MALFORMED_SEARCH", "unexpected token") }
        return list
    }

    /// From the opening bracket to behind the closing one.
    private static func fields(
        _ tokens: [SOQLLexer.Token], _ position: inout Int, _ schema: SObjectSchema
    ) throws(SalesforceError) -> ([Int], Int) {
        var (fields, limit) = ([Int](), 2000)
        position += 1
        while position < tokens.count, tokens[position] != .symbol(")") {
            defer { position += 1 }
            guard case .word(let word) = tokens[position] else { continue }
            if word.lowercased() == "limit", position + 1 < tokens.count, case .word(let count) = tokens[position + 1] {
                limit = min(Int(count) ?? limit, limit)
                position += 1
                continue
            }
            guard let number = schema.number(of: word) else { throw .unknownField(word, of: schema.name) }
            fields.append(number)
        }
        position += 1
        return (fields, limit)
    }

    /// The numbers of a type's records that the index shows, in order.
    func numbers(_ object: Int, in state: SalesforceState, at now: Int64) -> [Int] {
        let table = state[object].table
        let tails = terms.map { String($0.filter(\.isASCIIDigit)) }
        let isIndexed = scope == .phone && tails.allSatisfy { $0.count >= 7 }
        let numbers =
            isIndexed
            ? Set(tails.flatMap { table.numbers(withPhoneTail: String($0.suffix(7))) }).sorted()
            : Array(table.records.numbers)
        return numbers.compactMap { table[$0] }.filter { record in
            !record.isDeleted && record.modifiedAt + state.searchLag <= now && matches(record, object, in: state)
        }.map(\.number)
    }

    private func matches(_ record: SObjectRecord, _ object: Int, in state: SalesforceState) -> Bool {
        let schema = state[object].schema
        let phones = state[object].table.phones(of: record).map { String($0.filter(\.isASCIIDigit)) }
        let email = schema.number(of: "Email").flatMap { record[$0]?.lowercased() }
        let words = (RecordView.fullName(record, schema) ?? "").lowercased().split(separator: " ").map(String.init)
        return terms.contains { term in
            let inPhones = phones.contains { Self.isPhone($0, term.filter(\.isASCIIDigit)) }
            let inName = term.split(separator: " ").allSatisfy { words.contains(String($0)) }
            return switch scope {
            case .phone: inPhones
            case .email: email == term
            case .name: inName
            case .all: inPhones || inName || email == term
            }
        }
    }

    /// A number is found by all of its digits or by its end.
    private static func isPhone(_ digits: String, _ term: String) -> Bool {
        term.count >= 4 && digits.hasSuffix(term)
    }
}
