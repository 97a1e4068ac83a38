/// Initials on one of eight tints, the same for the same person everywhere.
package struct AvatarView: Sendable {
    package let initials: String
    /// 0 to 7, a class of the style sheet.
    package let tone: Int

    init(name: String, seed: Int64) {
        self.initials = Self.initials(of: name)
        // The low bits are a sequence that seldom leaves zero: mix the rest in.
        let mixed = UInt64(bitPattern: seed) &* 0x9E37_79B9_7F4A_7C15
        self.tone = Int(mixed >> 61)
    }

    /// The first letters of the first and last word; empty for names without letters, which show a person's outline.
    static func initials(of name: String) -> String {
        let words = name.split(whereSeparator: \.isWhitespace).compactMap { word in word.first(where: \.isLetter) }
        guard let first = words.first else { return "" }
        guard words.count > 1, let last = words.last, !first.isIdeographic else { return first.uppercased() }
        return first.uppercased() + last.uppercased()
    }
}

extension Character {
    /// Chinese and Japanese names are recognised by one character.
    fileprivate var isIdeographic: Bool {
        unicodeScalars.first.map { $0.properties.isIdeographic } ?? false
    }
}
