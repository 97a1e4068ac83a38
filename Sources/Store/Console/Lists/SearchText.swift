/// What a person typed into a search box, as patterns for `LIKE` on text that is folded to lower case.
/// Each word must be found somewhere; a number is found however it is spaced.
struct SearchText {
    private static let maxWords = 8
    private static let maxLength = 100

    let patterns: [String]

    init(_ text: String) {
        let text = String(text.prefix(Self.maxLength)).lowercased()
        let words =
            Self.phoneDigits(text).map { [$0] }
            ?? text.split(whereSeparator: \.isWhitespace).prefix(Self.maxWords).map(String.init)
        patterns = words.map { "%\(Self.escaped($0))%" }
    }

    var isEmpty: Bool { patterns.isEmpty }

    /// `+52 (55) 1234-5678` looks for `525512345678`, as handles are written.
    private static func phoneDigits(_ text: String) -> String? {
        let digits = text.filter { !"+()-./ \u{A0}".contains($0) }
        let isNumber = digits.utf8.count >= 3 && digits.utf8.allSatisfy { (48...57).contains($0) }
        return isNumber ? digits : nil
    }

    private static func escaped(_ word: String) -> String {
        String(word.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] })
    }
}
