/// Text for fields that hold no markup.
enum PlainText {
    /// Without control characters but line breaks and tabs; cut where it would be longer than a limit in UTF-16, never within
    /// a character. A limit of 0 is none.
    static func cut(_ text: String, to limit: Int) -> String {
        var result = ""
        var length = 0
        for character in text {
            let clean = String(character.unicodeScalars.filter(isKept).map(Character.init))
            length += clean.utf16.count
            guard limit == 0 || length <= limit else { break }
            result += clean
        }
        return result
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory != .control || scalar == "\n" || scalar == "\t"
    }
}
