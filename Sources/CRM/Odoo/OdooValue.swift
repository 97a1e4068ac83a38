import Domain

/// A value as it travels to and from Odoo. An empty field comes as `false`, whatever its type.
enum OdooValue: Equatable, Sendable {
    case null
    case flag(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([OdooValue])
    case object([String: OdooValue])
}

extension OdooValue {
    /// What a text field says; nil when it is empty.
    var text: String? {
        if case .text(let text) = self, !text.isEmpty { text } else { nil }
    }

    var flag: Bool? { if case .flag(let flag) = self { flag } else { nil } }
    var list: [OdooValue]? { if case .list(let list) = self { list } else { nil } }

    /// A whole number, or the id of a many2one, which is read as `[id, "name"]`.
    var integer: Int64? {
        switch self {
        case .integer(let number): number
        case .list(let pair): pair.first.flatMap { if case .integer(let id) = $0 { id } else { nil } }
        default: nil
        }
    }

    /// As a person would read it; nil for what is empty and for lists.
    var shown: String? {
        switch self {
        case .text: text
        case .integer(let number): String(number)
        case .number(let number): String(number)
        case .flag(let flag): flag ? "true" : nil
        case .list(let pair): pair.count == 2 ? pair[1].text : nil
        case .null, .object: nil
        }
    }

    static func ids(_ ids: some Sequence<Int64>) -> OdooValue { .list(ids.map { .integer($0) }) }
    static func texts(_ texts: some Sequence<String>) -> OdooValue { .list(texts.map { .text($0) }) }
}

extension OdooValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .text(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: OdooValue...) { self = .list(elements) }
    init(dictionaryLiteral elements: (String, OdooValue)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension OdooValue: Codable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let flag = try? container.decode(Bool.self) {  // not a truth value: the next kind is tried
            self = .flag(flag)
        } else if let number = try? container.decode(Int64.self) {  // not a whole number: the next kind is tried
            self = .integer(number)
        } else if let number = try? container.decode(Double.self) {  // not a number: the next kind is tried
            self = .number(number)
        } else if let text = try? container.decode(String.self) {  // not a text: the next kind is tried
            self = .text(text)
        } else if let list = try? container.decode([OdooValue].self) {  // not a list: it has to be an object
            self = .list(list)
        } else {
            self = .object(try container.decode([String: OdooValue].self))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .flag(let flag): try container.encode(flag)
        case .integer(let number): try container.encode(number)
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        case .list(let list): try container.encode(list)
        case .object(let object): try container.encode(object)
        }
    }
}

/// Odoo's times: naive, in UTC, whole seconds: `2026-11-20 09:30:00`.
enum OdooTime {
    /// Rounded down.
    static func text(seconds: Int64) -> String {
        let iso = Timestamp(seconds: seconds).iso8601
        return "\(iso.prefix(10)) \(iso.dropFirst(11).prefix(8))"
    }

    /// Nil for what is no time.
    static func seconds(_ text: String) -> Int64? {
        let parts = text.split(separator: " ")
        guard parts.count == 2 else { return nil }
        return Timestamp(iso8601: "\(parts[0])T\(parts[1].prefix(8))Z").map { $0.milliseconds / 1000 }
    }
}
