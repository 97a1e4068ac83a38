/// A JSON value, kept as it came: numbers as their text, so that ids above 2^53 and prices lose nothing; keys unknown
/// to us stay where they were; the order of an object's members is the document's.
///
/// Webhooks and Graph answers are read through this instead of `Decodable`, because one wrong type must cost one field
/// and not the body, and because `JSONDecoder` refuses a whole document for one lone surrogate.
enum JSON: Hashable, Sendable {
    struct Member: Hashable, Sendable {
        let key: String
        let value: JSON
    }

    case null
    case bool(Bool)
    /// As written, for example `806312974732579` or `-1.5e3`.
    case number(String)
    case string(String)
    case array([JSON])
    case object([Member])

    /// A number of ours. What JSON cannot say (infinity, not a number) becomes null.
    static func number(_ value: Double) -> JSON {
        value.isFinite ? .number("\(value)") : .null
    }

    static func number(_ value: some BinaryInteger) -> JSON {
        .number("\(value)")
    }

    /// An object of the members whose value is there, for requests in which absent and null are different things.
    static func object(_ members: KeyValuePairs<String, JSON?>) -> JSON {
        .object(members.compactMap { key, value in value.map { Member(key: key, value: $0) } })
    }
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    init(arrayLiteral elements: JSON...) {
        self = .array(elements)
    }

    init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(elements.map { Member(key: $0, value: $1) })
    }
}
