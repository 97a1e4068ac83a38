/// How WhatsApp writes a number that was dialled in another national form.
enum WhatsAppNumber {
    /// The digits of what a business wrote, `+52 (55) 1234-5678` say; nil when it is no phone number.
    static func digits(of text: String) -> String? {
        let isWritable = text.unicodeScalars.allSatisfy { "0123456789+-() .".unicodeScalars.contains($0) }
        let digits = text.filter(\.isASCIIDigit)
        return isWritable && (5...15).contains(digits.count) ? digits : nil
    }

    /// The `wa_id` under which the number is registered. It differs from what was dialled in Mexico (`52` becomes
    /// `521`), Argentina (`54` becomes `549`), and Brazil (area codes above 30 lost the ninth digit).
    static func registered(_ digits: String) -> String {
        if digits.hasPrefix("52"), digits.count == 12 { return "521" + digits.dropFirst(2) }
        if digits.hasPrefix("54"), digits.count == 12 { return "549" + digits.dropFirst(2) }
        if digits.hasPrefix("55"), digits.count == 13, let area = Int(digits.dropFirst(2).prefix(2)), area > 30,
            digits.dropFirst(4).first == "9"
        {
            return String(digits.prefix(4) + digits.dropFirst(5))
        }
        return digits
    }
}

extension Character {
    var isASCIIDigit: Bool { isASCII && isNumber }
}
