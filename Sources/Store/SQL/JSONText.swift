import FoundationEssentials

/// A value kept as JSON text. Keys are sorted, so that the same value is always the same text.
package enum JSONText {
    package static func encode<Value: Encodable>(_ value: Value) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(value), as: UTF8.self)
    }

    package static func decode<Value: Decodable>(_: Value.Type, from text: String) throws -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw SQLError.decoding("JSON of a \(Value.self): \(error)")
        }
    }
}

extension SQLRow {
    /// A column that holds JSON text, decoded.
    package func json<Value: Decodable>(_ column: String, as _: Value.Type = Value.self) throws -> Value {
        try JSONText.decode(Value.self, from: try get(column))
    }

    /// Nil where the column is NULL.
    package func jsonIfPresent<Value: Decodable>(_ column: String, as _: Value.Type = Value.self) throws -> Value? {
        try get(column, as: String?.self).map { try JSONText.decode(Value.self, from: $0) }
    }
}
