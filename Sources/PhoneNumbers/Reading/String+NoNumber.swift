/// Texts that hold no number, and why.
extension String {
    /// What people and programs write where there is nothing to write: blanks, dashes, "n/a". For texts without digits.
    var isPlaceholder: Bool {
        let letters = unicodeScalars.filter { $0.properties.isAlphabetic }
        return letters.isEmpty || Self.placeholders.contains(String(String.UnicodeScalarView(letters)).lowercased())
    }

    /// In English, Spanish, Portuguese and Chinese, without blanks and signs.
    private static let placeholders: Set<String> = [
        "na", "null", "none", "nil", "nan", "no", "nodata", "ninguno", "ninguna", "notiene", "sinnúmero", "sinnumero",
        "sinteléfono", "sintelefono", "sindatos", "nenhum", "nãotem", "naotem", "semtelefone", "無", "无", "沒有", "没有",
        "未提供",
    ]

    /// "8.86922E+11": digits with a point or a comma, E, a sign, digits.
    var isSpreadsheetNotation: Bool {
        let bytes = utf8.drop(while: Self.isBlank)
        let exponent = bytes.drop { Self.isDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: ",") }
        guard exponent.count < bytes.count, let letter = exponent.first, letter | 0x20 == UInt8(ascii: "e"),
            let sign = exponent.dropFirst().first, sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
        else { return false }
        let digits = exponent.dropFirst(2)
        let rest = digits.drop(while: Self.isDigit)
        return rest.count < digits.count && rest.allSatisfy(Self.isBlank)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ")
    }
}
