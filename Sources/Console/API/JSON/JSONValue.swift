/// A JSON value. Objects keep the order of their fields; whole numbers stay whole.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONValue])
    case object(JSONObject)

    subscript(_ name: String) -> JSONValue? {
        if case .object(let object) = self { object[name] } else { nil }
    }

    var text: String? {
        if case .string(let text) = self { text } else { nil }
    }
}

/// The fields of an object, in order.
struct JSONObject: Equatable, Sendable {
    struct Field: Equatable, Sendable {
        let name: String
        let value: JSONValue
    }

    private(set) var fields: [Field] = []

    subscript(_ name: String) -> JSONValue? {
        fields.first { $0.name == name }?.value
    }

    mutating func append(_ name: String, _ value: JSONValue) {
        fields.append(Field(name: name, value: value))
    }

    /// Without the fields that have no value: for parts of a resource that most of them lack.
    var withoutNulls: JSONObject {
        var object = JSONObject()
        object.fields = fields.filter { $0.value != .null }
        return object
    }
}

/// What can stand in an answer.
protocol JSONConvertible {
    var json: JSONValue { get }
}

extension JSONObject: ExpressibleByDictionaryLiteral, JSONConvertible {
    /// No value is `null`.
    init(dictionaryLiteral elements: (String, (any JSONConvertible)?)...) {
        for (name, value) in elements { append(name, value?.json ?? .null) }
    }

    var json: JSONValue { .object(self) }
}
