import Domain

/// What a person typed into a search box, read as `ContactText` writes: each word must be found somewhere, and a number
/// is found however it is spaced.
struct SearchText {
    /// One word, and the ways in which a contact's text may hold it.
    struct Word {
        /// Small and without accents: labels are looked through for it.
        let text: String
        /// One of these stands in `search_text`. Words of one or two letters are looked for as the beginning of a word:
        /// they carry the spaces before it.
        let needles: [String]

        var patterns: [String] { needles.map { "%\(LikePattern.escaped($0))%" } }

        fileprivate init(_ text: String) {
            self.init(text, anyOf: [text])
        }

        fileprivate init(_ text: String, anyOf forms: [String]) {
            self.text = text
            needles = forms.map { form in
                switch form.unicodeScalars.count {
                case 1: "  " + form
                case 2: " " + form
                default: form
                }
            }
        }
    }

    private static let maxWords = 8
    private static let maxLength = 100

    let words: [Word]

    /// - Parameter number: the digits of the number that the text is in the reader's country, as handles are known by
    ///   them.
    init(_ text: String, number: String? = nil) {
        let text = String(text.prefix(Self.maxLength)).searchable
        if let digits = Self.phoneDigits(text) {
            let forms = [digits, number].compactMap(\.self)
            words = [Word(digits, anyOf: forms.count == 2 && forms[0] == forms[1] ? [digits] : forms)]
        } else {
            words = text.split(whereSeparator: \.isWhitespace).prefix(Self.maxWords).map { word in
                // A user name is searched with or without its sign.
                let bare = word.first == "@" ? word.dropFirst() : word
                return Word(String(bare.isEmpty ? word : bare))
            }
        }
    }

    var isEmpty: Bool { words.isEmpty }

    /// `+52 (55) 1234-5678` looks for `525512345678`, as handles are written. The zeros with which a number is dialled are
    /// none of it: one within a country, two before a country's code. Other zeros stand in the number itself: the last
    /// digits of one may begin with them.
    private static func phoneDigits(_ text: String) -> String? {
        var digits = ""
        for scalar in text.unicodeScalars where !"+()-./ \u{A0}".unicodeScalars.contains(scalar) {
            guard let digit = scalar.decimalValue else { return nil }
            digits += String(digit)
        }
        guard digits.count >= 3 else { return nil }
        let significant = digits.drop { $0 == "0" }
        switch digits.count - significant.count {
        case 1 where significant.count >= 3, 2 where significant.count >= 5: return String(significant)
        default: return digits
        }
    }
}

/// A text inside of a pattern of `LIKE`.
enum LikePattern {
    static func escaped(_ text: String) -> String {
        String(text.flatMap { "\\%_".contains($0) ? ["\\", $0] : [$0] })
    }
}

extension Unicode.Scalar {
    /// Of digits in any writing.
    fileprivate var decimalValue: Int? {
        guard properties.numericType == .decimal else { return nil }
        return properties.numericValue.map { Int($0) }
    }
}
