import Domain

extension SQLRow {
    /// A message's content. What a newer release wrote and this one cannot read is shown as unsupported, so that one
    /// row never takes its page with it.
    func content(_ column: String, kind: String) throws -> MessageContent {
        let text: String = try get(column)
        do {
            return try JSONText.decode(MessageContent.self, from: text)
        } catch SQLError.decoding {
            return .unsupported(UnsupportedContent(kind: try get(kind)))
        }
    }

    /// JSON that only decorates a row: nil where it is missing or of another shape.
    func decoration<Value: Decodable>(_ column: String, as _: Value.Type = Value.self) throws -> Value? {
        do {
            return try jsonIfPresent(column)
        } catch SQLError.decoding {
            return nil
        }
    }
}
