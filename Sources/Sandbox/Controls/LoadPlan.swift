/// What `POST /sandbox/load` asks for.
struct LoadPlan: Sendable {
    /// Messages a second.
    let rate: Int
    let seconds: Int
    let contacts: Int
    /// The text of each message, followed by its number.
    let text: String

    init(_ json: JSON) throws(ControlError) {
        rate = try Self.number(json, "rate", 1...50_000, 100)
        seconds = try Self.number(json, "seconds", 1...3600, 10)
        contacts = try Self.number(json, "contacts", 1...200_000, 1000)
        let text = json["text"]?.text ?? "Mensaje de prueba"
        guard text.utf8.count <= 4000 else { throw ControlError("'text' has at most 4,000 bytes.") }
        self.text = text
    }

    var total: Int { rate * seconds }

    /// Spanish mobile numbers, one for each contact.
    func phone(of index: Int) -> String { String(34_600_000_000 + index % contacts) }

    private static func number(
        _ json: JSON, _ key: String, _ range: ClosedRange<Int>, _ standard: Int
    ) throws(ControlError) -> Int {
        guard let value = json[key] else { return standard }
        guard let number = value.wholeNumber.flatMap({ Int(exactly: $0) }), range.contains(number) else {
            throw ControlError("'\(key)' is a whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }
}
