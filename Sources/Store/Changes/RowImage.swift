/// Columns of a row as they stand at one moment, kept as JSON. It may hold some of the columns only.
struct RowImage: Hashable {
    var columns: [String: SQLValue]

    /// Columns that only follow from others, or say when a row was last changed.
    private static let derived = ["updated_at", "search_text", "sort_name"]

    init(_ columns: [String: SQLValue]) {
        self.columns = columns
    }

    init(_ arguments: SQLArguments) {
        columns = Dictionary(arguments.pairs.map { ($0.name, $0.value) }) { $1 }
    }

    init(_ row: SQLRow) {
        columns = Dictionary(zip(row.columns, row.values)) { $1 }
    }

    var arguments: SQLArguments {
        SQLArguments(names.map { ($0, columns[$0] ?? .null) })
    }

    /// Sorted, so that equal images make equal statements.
    var names: [String] { columns.keys.sorted() }

    /// What somebody meant to say.
    var essential: RowImage { without(Self.derived) }

    func keeping(_ names: some Sequence<String>) -> RowImage {
        let names = Set(names)
        return RowImage(columns.filter { names.contains($0.key) })
    }

    func without(_ names: some Sequence<String>) -> RowImage {
        let names = Set(names)
        return RowImage(columns.filter { !names.contains($0.key) })
    }
}

extension RowImage: Codable {
    private struct Value: Codable {
        let value: SQLValue

        /// Numbers and texts are themselves in JSON; what JSON has no exact word for is written out.
        private enum Key: String, CodingKey { case bits, bytes }

        init(_ value: SQLValue) {
            self.value = value
        }

        init(from decoder: any Decoder) throws {
            if let container = try? decoder.container(keyedBy: Key.self) {  // a text or a number is no object
                if let bits = try container.decodeIfPresent(UInt64.self, forKey: .bits) {
                    value = .real(Double(bitPattern: bits))
                } else {
                    value = .blob(try container.decode([UInt8].self, forKey: .bytes))
                }
                return
            }
            let container = try decoder.singleValueContainer()
            if container.decodeNil() {
                value = .null
            } else if let integer = try? container.decode(Int64.self) {  // else it is a text
                value = .integer(integer)
            } else {
                value = .text(try container.decode(String.self))
            }
        }

        func encode(to encoder: any Encoder) throws {
            switch value {
            case .real(let real):
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(real.bitPattern, forKey: .bits)
            case .blob(let bytes):
                var container = encoder.container(keyedBy: Key.self)
                try container.encode(bytes, forKey: .bytes)
            case .null:
                var container = encoder.singleValueContainer()
                try container.encodeNil()
            case .integer(let integer):
                var container = encoder.singleValueContainer()
                try container.encode(integer)
            case .text(let text):
                var container = encoder.singleValueContainer()
                try container.encode(text)
            }
        }
    }

    init(from decoder: any Decoder) throws {
        columns = try [String: Value](from: decoder).mapValues(\.value)
    }

    func encode(to encoder: any Encoder) throws {
        try columns.mapValues(Value.init).encode(to: encoder)
    }
}
