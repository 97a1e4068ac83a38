/// The words of a query. Source: Salesforce, SOQL and SOSL Reference.
struct SOQLLexer {
    enum Token: Equatable, Sendable {
        /// A name, a keyword, a number or a time: as written.
        case word(String)
        case string(String)
        /// Brackets, commas and operators.
        case symbol(String)

        /// Compares a word without regard to case.
        func isWord(_ word: String) -> Bool {
            if case .word(let text) = self { text.lowercased() == word } else { false }
        }
    }

    static func tokens(_ text: String) throws(SalesforceError) -> [Token] {
        var lexer = SOQLLexer(bytes: Array(text.utf8))
        var tokens: [Token] = []
        while let token = try lexer.next() { tokens.append(token) }
        return tokens
    }

    private let bytes: [UInt8]
    private var position = 0

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func next() throws(SalesforceError) -> Token? {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        guard position < bytes.count else { return nil }
        switch bytes[position] {
        case UInt8(ascii: "'"): return try string()
        case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","), UInt8(ascii: "="):
            position += 1
            return .symbol(String(decoding: [bytes[position - 1]], as: UTF8.self))
        case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "!"):
            let isLong = position + 1 < bytes.count && bytes[position + 1] == UInt8(ascii: "=")
            let start = position
            position += isLong ? 2 : 1
            return .symbol(String(decoding: bytes[start..<position], as: UTF8.self))
        default: return try word()
        }
    }

    private mutating func word() throws(SalesforceError) -> Token {
        let start = position
        while position < bytes.count, Self.isWord(bytes[position]) { position += 1 }
        guard position > start else {
            throw .bad("MALFORMED_QUERY", "unexpected token: '\(String(decoding: [bytes[position]], as: UTF8.self))'")
        }
        return .word(String(decoding: bytes[start..<position], as: UTF8.self))
    }

    private mutating func string() throws(SalesforceError) -> Token {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "'") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count {
                position += 1
                text.append(Self.escaped(bytes[position]))
            } else {
                text.append(bytes[position])
            }
            position += 1
        }
        guard position < bytes.count else { throw .bad("MALFORMED_QUERY", "unexpected end of a string") }
        position += 1
        return .string(String(decoding: text, as: UTF8.self))
    }

    private static func escaped(_ byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: byte
        }
    }

    /// Names with dots, numbers, and times, which hold colons and signs.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"),
            UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
