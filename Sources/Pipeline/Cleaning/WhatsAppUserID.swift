/// By what WhatsApp knows somebody toward one company, with or without a phone number: a country's two letters, a point and
/// up to 128 letters and digits, such as `US.13491208655302741918`.
enum WhatsAppUserID {
    private static let lengths = 4...131

    /// Nil when the cell holds something else.
    static func read(_ cell: String) -> String? {
        guard cell.utf8.count < 200 else { return nil }
        let text = ContactName.tidied(cell)
        guard lengths.contains(text.utf8.count) else { return nil }
        let country = text.utf8.prefix(2)
        let rest = text.utf8.dropFirst(2)
        guard country.allSatisfy((UInt8(ascii: "A")...UInt8(ascii: "Z")).contains), rest.first == UInt8(ascii: "."),
            rest.dropFirst().allSatisfy(isLetterOrDigit)
        else { return nil }
        return text
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }
}
