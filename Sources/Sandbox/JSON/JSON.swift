/// A JSON value as it stands on the wire. Members of an object keep their order, so that answers read like the vendor's.
///
/// The sandbox reads requests of any shape, refuses them with the vendor's own words, and writes thousands of
/// records a second: a tree it can look into serves that better than a type per request.
enum JSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSON])
    case object(JSONObject)
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral, ExpressibleByFloatLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .integer(value) }
    init(booleanLiteral value: Bool) { self = .bool(value) }
    init(floatLiteral value: Double) { self = .number(value) }
    init(arrayLiteral elements: JSON...) { self = .array(elements) }

    /// A member whose value is a Swift `nil` is left out; write `JSON.null` for an explicit null.
    init(dictionaryLiteral elements: (String, JSON?)...) {
        var object = JSONObject()
        object.reserve(elements.count)
        for (key, value) in elements {
            if let value { object.append(key, value) }
        }
        self = .object(object)
    }
}

extension JSON {
    init(_ text: String) { self = .string(text) }
    init(_ text: Substring) { self = .string(String(text)) }
    init(_ number: Int) { self = .integer(Int64(number)) }
    init(_ number: Int64) { self = .integer(number) }
    init(_ number: Double) { self = .number(number) }
    init(_ flag: Bool) { self = .bool(flag) }
    init(_ texts: [String]) { self = .array(texts.map(JSON.string)) }
}
