import Domain

extension JSONValue: JSONConvertible {
    var json: JSONValue { self }
}

extension String: JSONConvertible {
    var json: JSONValue { .string(self) }
}

extension Bool: JSONConvertible {
    var json: JSONValue { .bool(self) }
}

extension Int: JSONConvertible {
    var json: JSONValue { .integer(Int64(self)) }
}

extension Int64: JSONConvertible {
    var json: JSONValue { .integer(self) }
}

extension Double: JSONConvertible {
    var json: JSONValue { isFinite ? .number(self) : .null }
}

extension Array: JSONConvertible where Element: JSONConvertible {
    var json: JSONValue { .array(map(\.json)) }
}

extension Identifier: JSONConvertible {
    var json: JSONValue { .string(description) }
}

extension Timestamp: JSONConvertible {
    var json: JSONValue { .string(rfc3339) }
}

extension Duration {
    /// In milliseconds, as the API writes every length of time.
    var inMilliseconds: Int64 { wholeMilliseconds }
}
