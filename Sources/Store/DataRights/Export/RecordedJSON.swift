/// JSON of whatever shape, as a column keeps it, to be written out again. Numbers are whole or of 64 bits.
package enum RecordedJSON: Hashable, Codable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case text(String)
    case list([RecordedJSON])
    case object([String: RecordedJSON])

    /// What is no JSON is a text.
    package init(column text: String) {
        // Whoever asks for what is held gets it in any case.
        self = (try? JSONText.decode(RecordedJSON.self, from: text)) ?? .text(text)
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        // Each shape is tried; the last one says what is wrong.
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .text(value)
        } else if let value = try? container.decode([RecordedJSON].self) {
            self = .list(value)
        } else {
            self = .object(try container.decode([String: RecordedJSON].self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .text(let value): try container.encode(value)
        case .list(let values): try container.encode(values)
        case .object(let values): try container.encode(values)
        }
    }
}

extension SQLRow {
    func recordedJSON(_ column: String) throws -> RecordedJSON? {
        try get(column, as: String?.self).map { RecordedJSON(column: $0) }
    }
}
