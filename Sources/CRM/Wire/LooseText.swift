/// A value that vendors write as text, number or truth value, read as text. `null` reads as nil.
struct LooseText: Decodable, Equatable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = nil
        } else if let value = try? container.decode(String.self) {  // not a string: then the next kind is tried
            text = value
        } else if let value = try? container.decode(Int64.self) {  // not a whole number: the next kind is tried
            text = String(value)
        } else if let value = try? container.decode(Bool.self) {  // not a truth value: the next kind is tried
            text = value ? "true" : "false"
        } else if let value = try? container.decode(Double.self) {  // an object or a list has no text
            text = String(value)
        } else {
            text = nil
        }
    }
}
