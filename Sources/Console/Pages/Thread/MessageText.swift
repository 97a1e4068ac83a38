/// What a person wrote, with WhatsApp's marks (`*bold*`, `_italic_`, `~struck~`, ```` ```code``` ````) and web addresses
/// told apart, so that the template can escape every piece of it.
package struct MessageText: Sendable {
    package struct Piece: Equatable, Sendable {
        package var text: String
        package var isBold = false
        package var isItalic = false
        package var isStruck = false
        package var isCode = false
        /// An http or https address, when the piece is one.
        package var link: String?
    }

    package let pieces: [Piece]
    /// One to three emoji and nothing else: drawn large, as phones do.
    package let isEmojiOnly: Bool

    /// Longer texts than WhatsApp allows (4,096 characters; captions 1,024) are cut, marked with "…".
    package init(_ text: String) {
        let limited = text.count > 8192 ? text.prefix(8192) + "…" : text[...]
        self.pieces = MessageTextParser.pieces(of: limited)
        self.isEmojiOnly = Self.isEmojiOnly(limited)
    }

    private static func isEmojiOnly(_ text: Substring) -> Bool {
        let characters = text.prefix(8).filter { !$0.isWhitespace }
        return (1...3).contains(characters.count) && text.count <= 8 && characters.allSatisfy(\.isEmoji)
    }
}

extension Character {
    /// Shown as a picture by itself: digits and "#" carry the emoji property too, but not its presentation.
    fileprivate var isEmoji: Bool {
        guard let first = unicodeScalars.first else { return false }
        return first.properties.isEmojiPresentation
            || (first.properties.isEmoji && unicodeScalars.contains { $0.value == 0xFE0F })
    }
}
