/// Tidies the names of contacts. What people are called is theirs: capitals, accents and order stay as they were written.
package enum ContactName {
    /// Longer is no name; the rest stays in the file's own column.
    private static let maxCharacters = 200

    /// Single blanks between the words and none around them, without marks that nobody sees.
    package static func tidied(_ text: String) -> String {
        var tidy = String.UnicodeScalarView()
        var hasBlank = false
        for scalar in text.unicodeScalars where !isInvisible(scalar) {
            if scalar.properties.isWhitespace || scalar.properties.generalCategory == .control {
                hasBlank = !tidy.isEmpty
            } else {
                if hasBlank { tidy.append(" ") }
                hasBlank = false
                tidy.append(scalar)
            }
        }
        let name = String(tidy)
        return name.utf8.count > maxCharacters ? String(name.prefix(maxCharacters)) : name
    }

    /// A name from its two parts. In Chinese, Japanese and Korean the family name goes first, without a blank.
    package static func joined(given: String, family: String) -> String {
        let (given, family) = (tidied(given), tidied(family))
        guard !given.isEmpty, !family.isEmpty else { return given + family }
        return isEastAsian(given) && isEastAsian(family) ? family + given : "\(given) \(family)"
    }

    private static func isEastAsian(_ name: String) -> Bool {
        name.unicodeScalars.allSatisfy { scalar in
            switch scalar.value {
            // Kana, Chinese characters with their first extension, Hangul; characters beyond the first plane.
            case 0x3005, 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF,
                0x20000...0x3FFFF:
                true
            default: false
            }
        }
    }

    /// Marks of direction and widthless blanks that copying brings along. Joiners are kept: Persian and emoji need them.
    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0xAD, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060, 0x2066...0x2069, 0xFEFF: true
        default: false
        }
    }
}
