/// Phone numbers as Odoo's module `phone_validation` reads them, for a company in Spain.
enum OdooPhone {
    private static let ownCode = "34"

    /// `+34600111222`; nil for what is no number.
    static func sanitized(_ text: String?) -> String? {
        guard let text else { return nil }
        let digits = text.filter(\.isASCIIDigit)
        let isWritable = text.unicodeScalars.allSatisfy { "0123456789+-()/. ".unicodeScalars.contains($0) }
        guard isWritable, (7...15).contains(digits.count) else { return nil }
        if text.contains("+") { return "+\(digits)" }
        if digits.hasPrefix("00") { return "+\(digits.dropFirst(2))" }
        return digits.count == 9 ? "+\(ownCode)\(digits)" : nil
    }

    /// Digits only, without a leading `00`.
    static func bare(_ text: String) -> String {
        let digits = text.filter(\.isASCIIDigit)
        return !text.hasPrefix("+") && digits.hasPrefix("00") ? String(digits.dropFirst(2)) : digits
    }

    /// What a search by phone is indexed by.
    static func tail(_ text: String) -> String? {
        let digits = bare(text)
        return digits.count >= 7 ? String(digits.suffix(7)) : nil
    }
}
