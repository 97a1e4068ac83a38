/// A whole message as its words are compared: small, without accents, signs and emoji, one space between words.
/// Full-width letters are letters, invisible marks are nothing.
package struct SpokenWord: Hashable, Sendable {
    /// A message of more bytes is a sentence, and no single word. Chinese takes three bytes a letter.
    private static let longest = 200

    package let text: String

    /// Nil for what holds no letter or digit, and for long texts.
    package init?(_ message: String) {
        guard message.utf8.count <= Self.longest else { return nil }
        var words = ""
        var isBetween = false
        for scalar in message.narrow.searchable.unicodeScalars {
            if scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal {
                if isBetween, !words.isEmpty { words.append(" ") }
                isBetween = false
                words.unicodeScalars.append(scalar)
            } else if !scalar.properties.isDefaultIgnorableCodePoint {
                isBetween = true
            }
        }
        guard !words.isEmpty else { return nil }
        text = words
    }
}

extension String {
    /// Full-width letters and signs, as East Asian keyboards write them, in their usual width.
    fileprivate var narrow: String {
        var narrow = UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar.value {
            case 0xFF01...0xFF5E: narrow.append(Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar)
            case 0x3000: narrow.append(" ")
            default: narrow.append(scalar)
            }
        }
        return String(narrow)
    }
}
