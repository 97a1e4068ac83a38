/// A whole message as its words are compared: small, without accents, signs and emoji, one space between words.
/// Full-width letters are letters, invisible marks are nothing.
package struct SpokenWord: Hashable, Sendable {
    /// A message of more bytes is a sentence, and no single word. Chinese takes three bytes a letter.
    private static let longest = 200

    package let text: String

    /// Nil for what holds no letter or digit, and for long texts.
    package init?(_ message: String) {
        guard Self.isShort(message) else { return nil }
        if let words = Self.plain(message) {
            guard !words.isEmpty else { return nil }
            text = words
            return
        }
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

    /// Whether the message may be a word: quicker told than which.
    package static func isShort(_ message: String) -> Bool { message.utf8.count <= longest }

    /// The same for messages of ASCII alone, which most are, without asking Unicode about each letter; nil for others.
    private static func plain(_ message: String) -> String? {
        var words: [UInt8] = []
        var isBetween = false
        for byte in message.utf8 {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "A")...UInt8(ascii: "Z"):
                if isBetween, !words.isEmpty { words.append(UInt8(ascii: " ")) }
                isBetween = false
                words.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
            case 0..<0x80: isBetween = true
            default: return nil
            }
        }
        return String(decoding: words, as: UTF8.self)
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
