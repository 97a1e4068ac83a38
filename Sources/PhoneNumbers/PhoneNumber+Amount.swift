extension PhoneNumber {
    /// A number of fewer digits is an amount.
    private static let leastDigits = 7

    /// Reads what a program wrote that takes numbers for amounts, such as "5512345678.0": the noughts behind the point are
    /// none of the number's. In a column of phone numbers that is clear; elsewhere a person is told.
    ///
    /// Nil for any other text, and when what is left is no number.
    /// - Parameters: as of ``PhoneNumber/init(_:region:)``.
    package init?(amount text: String, region: String? = nil) {
        guard text.utf8.count <= NumberReader.maxTextBytes, text.endsInNoughts, let digits = text.withoutDecimals,
            digits.unicodeScalars.count >= Self.leastDigits,
            case .number(let number) = PhoneReading(digits, region: region)
        else { return nil }
        self = number
    }
}

extension String {
    /// Nearly no text does, and this is asked of all: no character is looked at but the last ones.
    fileprivate var endsInNoughts: Bool {
        let end = utf8.reversed().drop { $0 == UInt8(ascii: " ") }
        guard end.first == UInt8(ascii: "0") else { return false }
        let point = end.first { $0 != UInt8(ascii: "0") }
        return point == UInt8(ascii: ".") || point == UInt8(ascii: ",")
    }
}
