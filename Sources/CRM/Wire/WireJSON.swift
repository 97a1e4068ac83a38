import FoundationEssentials

/// JSON as it goes over the wire: keys sorted, so that the same value is the same bytes.
enum WireJSON {
    static func encode(_ value: some Encodable) throws(WireFault) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            throw WireFault(text: "\(error)")
        }
    }

    static func decode<Value: Decodable>(_: Value.Type = Value.self, from bytes: [UInt8]) throws(WireFault) -> Value {
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes))
        } catch {
            throw WireFault(text: Self.describe(error))
        }
    }

    /// Where it went wrong, without the value: that may be a person's.
    private static func describe(_ error: any Error) -> String {
        guard let error = error as? DecodingError else { return "not readable" }
        switch error {
        case .keyNotFound(let key, let context): return "\(path(context)): \(key.stringValue) is missing"
        case .typeMismatch(_, let context), .valueNotFound(_, let context): return "\(path(context)): of another kind"
        case .dataCorrupted(let context):
            return context.codingPath.isEmpty ? "not JSON" : "\(path(context)): not readable"
        @unknown default: return "not readable"
        }
    }

    private static func path(_ context: DecodingError.Context) -> String {
        String(context.codingPath.map(\.stringValue).joined(separator: ".").prefix(200))
    }
}

/// A body that is not what its sender's documentation says.
struct WireFault: Error, Equatable {
    let text: String
}
