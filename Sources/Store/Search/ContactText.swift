import Domain

/// What a contact is searched and sorted by, as the columns `search_text` and `sort_name` keep it.
///
/// Each word stands behind two spaces, small and without accents. So one index of three letters each answers words of any
/// length: `lucia` is looked for anywhere, `王芳` behind one space and `王` behind two, as the beginning of a word. Writing
/// without spaces gets its parts as words of their own, so that `小明` finds 王小明.
package struct ContactText: Sendable {
    /// Longer words than any name or address.
    private static let maxWord = 100
    private static let maxParts = 8
    private static let maxSortName = 60
    /// What looks like one letter may be thousands of code points, and an index has room for few: joined emoji.
    private static let maxScalars = 240
    /// Sorts behind all letters: who has no name comes last.
    private static let nameless = "\u{FFFD}"

    package let text: String
    package let sortName: String

    /// - Parameter addresses: as they are sent to and as they are compared, the newest first.
    package init(name: String = "", profileName: String = "", username: String? = nil, addresses: [String]) {
        let names = [name, profileName, username ?? ""]
        var words: [String] = []
        for word in (names + addresses).flatMap(Self.words) where !words.contains(word) { words.append(word) }
        text = words.map { "  \($0)" }.joined()
        let shown = names.lazy.map(Self.sortName(of:)).first { !$0.isEmpty }
        sortName = shown ?? Self.nameless + Self.sortName(of: addresses.first ?? "")
    }

    /// A name as lists are sorted by it and conditions compare it.
    static func sortName(of name: String) -> String {
        let words = name.prefix(maxSortName).split(whereSeparator: \.isWhitespace)
        let scalars = String(words.joined(separator: " ")).searchable.unicodeScalars
        return String(String.UnicodeScalarView(scalars.prefix(maxScalars)))
    }

    private static func words(of text: String) -> [String] {
        text.searchable.split(whereSeparator: \.isWhitespace).flatMap { part in
            let word = String(String.UnicodeScalarView(part.unicodeScalars.prefix(maxWord)))
            return [word] + parts(of: word)
        }
    }

    /// `王小明` has the part `小明`.
    private static func parts(of word: String) -> [String] {
        guard word.unicodeScalars.contains(where: \.isIdeographic), word.count > 2 else { return [] }
        return (1...min(word.count - 2, maxParts)).map { String(word.dropFirst($0)) }
    }
}

extension Unicode.Scalar {
    /// Chinese, Japanese and Korean writing, whose words have no spaces between them.
    fileprivate var isIdeographic: Bool {
        switch value {
        case 0x2E80...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF, 0x20000...0x3FFFF: true
        default: false
        }
    }
}
