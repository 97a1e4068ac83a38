import Domain

/// Reads JSON as RFC 8259 writes it, from anybody: bounded in depth, no field twice in an object, no number that a
/// double cannot hold, no U+0000 (no database keeps it) and no half of a surrogate pair.
struct JSONReader {
    static let maxDepth = 32

    struct Fault: Error, Equatable {
        /// Where in the bytes.
        let offset: Int
        let reason: LocalizedText
    }

    var bytes: ArraySlice<UInt8>

    static func read(_ bytes: [UInt8]) throws(Fault) -> JSONValue {
        var reader = JSONReader(bytes: bytes[...])
        guard String(validating: bytes, as: UTF8.self) != nil else {
            throw reader.fault("it is not UTF-8", "no es UTF-8")
        }
        let value = try reader.value(depth: 0)
        reader.skipSpace()
        guard reader.bytes.isEmpty else {
            throw reader.fault("something follows the value", "hay algo después del valor")
        }
        return value
    }

    func fault(_ en: String, _ es: String) -> Fault {
        Fault(offset: bytes.startIndex, reason: LocalizedText(en: en, es: es))
    }

    private mutating func value(depth: Int) throws(Fault) -> JSONValue {
        guard depth < Self.maxDepth else {
            throw fault("it is nested more than \(Self.maxDepth) deep", "tiene más de \(Self.maxDepth) niveles")
        }
        skipSpace()
        switch bytes.first {
        case UInt8(ascii: "{"): return .object(try object(depth: depth))
        case UInt8(ascii: "["): return .array(try array(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case .some(UInt8(ascii: "0")...UInt8(ascii: "9")), UInt8(ascii: "-"): return try number()
        case nil: throw fault("it ends too early", "termina antes de tiempo")
        default: throw fault("a value is expected", "se esperaba un valor")
        }
    }

    private mutating func object(depth: Int) throws(Fault) -> JSONObject {
        var object = JSONObject()
        var names: Set<String> = []
        try list(closing: UInt8(ascii: "}")) { (reader) throws(Fault) in
            guard reader.bytes.first == UInt8(ascii: "\"") else {
                throw reader.fault("a field's name is expected", "se esperaba el nombre de un campo")
            }
            let name = try reader.string()
            guard names.insert(name).inserted else {
                throw reader.fault("a field is there twice", "un campo aparece dos veces")
            }
            reader.skipSpace()
            guard reader.take(UInt8(ascii: ":")) else {
                throw reader.fault("a colon is expected", "se esperaban dos puntos")
            }
            object.append(name, try reader.value(depth: depth + 1))
        }
        return object
    }

    private mutating func array(depth: Int) throws(Fault) -> [JSONValue] {
        var values: [JSONValue] = []
        try list(closing: UInt8(ascii: "]")) { (reader) throws(Fault) in
            values.append(try reader.value(depth: depth + 1))
        }
        return values
    }

    private mutating func list(
        closing close: UInt8, _ element: (inout JSONReader) throws(Fault) -> Void
    ) throws(Fault) {
        bytes.removeFirst()
        skipSpace()
        if take(close) { return }
        repeat {
            skipSpace()
            try element(&self)
            skipSpace()
        } while take(UInt8(ascii: ","))
        guard take(close) else {
            throw fault("a comma or the end of a list is expected", "se esperaba una coma o el final de una lista")
        }
    }

    private mutating func word(_ text: String, _ value: JSONValue) throws(Fault) -> JSONValue {
        guard bytes.starts(with: text.utf8) else { throw fault("a value is expected", "se esperaba un valor") }
        bytes.removeFirst(text.utf8.count)
        return value
    }

    private mutating func number() throws(Fault) -> JSONValue {
        let digits = bytes.prefix { Self.numberBytes.contains($0) }
        guard let isWhole = Self.grammar(digits) else { throw fault("this is no number", "esto no es un número") }
        let text = String(decoding: digits, as: UTF8.self)
        if isWhole, let integer = Int64(text) {
            bytes.removeFirst(digits.count)
            return .integer(integer)
        }
        guard let number = Double(text), number.isFinite else {
            throw fault("this number is too large", "este número es demasiado grande")
        }
        bytes.removeFirst(digits.count)
        return .number(number)
    }

    /// Whether the number is a whole one; nil when it is none: `-? (0 | [1-9] digits) (. digits)? ([eE] [-+]? digits)?`
    private static func grammar(_ text: ArraySlice<UInt8>) -> Bool? {
        var rest = text
        if rest.first == UInt8(ascii: "-") { rest.removeFirst() }
        let whole = digits(&rest)
        guard whole.count == 1 || (whole.count > 1 && whole.first != UInt8(ascii: "0")) else { return nil }
        guard !rest.isEmpty else { return true }
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            guard !digits(&rest).isEmpty else { return nil }
        }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
            guard !digits(&rest).isEmpty else { return nil }
        }
        return rest.isEmpty ? false : nil
    }

    private static func digits(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest.removeFirst(digits.count)
        return digits
    }

    private static let numberBytes = Set("+-.0123456789eE".utf8)

    mutating func take(_ byte: UInt8) -> Bool {
        guard bytes.first == byte else { return false }
        bytes.removeFirst()
        return true
    }

    mutating func skipSpace() {
        bytes = bytes.drop { $0 == 0x20 || $0 == 0x0a || $0 == 0x0d || $0 == 0x09 }
    }
}
