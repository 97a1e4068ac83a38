import PhoneNumbers

/// How people write a number that they look for.
enum NumberWritings {
    /// Of a phone as handles keep it: each form that reaches the same WhatsApp account, and as it is dialled at home.
    /// Nothing for what is no number.
    static func all(of handle: String) -> [String] {
        guard !handle.isEmpty, handle.allSatisfy({ $0.isASCII && $0.isNumber }) else { return [] }
        return WhatsAppNumber.variants(of: handle).flatMap { digits in
            switch PhoneReading("+\(digits)", region: nil) {
            case .number(let number): [digits, number.nationalFormat]
            case .several, .refused: [digits]
            }
        }
    }
}
