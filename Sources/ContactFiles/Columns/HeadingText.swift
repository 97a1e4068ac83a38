/// A heading without what people vary: case, accents, wide letters, and whatever stands between the words.
struct HeadingText: Hashable {
    /// In small letters, separated by single spaces: `numero de telefono`, `手機`.
    let words: [String]

    init(_ heading: String) {
        var words: [String] = []
        var word = ""
        var previous: Unicode.Scalar?
        for scalar in heading.unicodeScalars.map(Self.narrow) {
            // "FirstName" is two words, as "first_name" is.
            let isHump = scalar.properties.isUppercase && previous?.properties.isLowercase == true
            if isHump || !Self.belongsToWord(scalar) {
                if !word.isEmpty { words.append(word) }
                word = ""
            }
            if Self.belongsToWord(scalar) { word += Self.folded(scalar) }
            previous = scalar
        }
        if !word.isEmpty { words.append(word) }
        self.words = words
    }

    var joined: String { words.joined(separator: " ") }

    /// Without spaces: `phonenumber`, `e mail` and `email` agree.
    var squeezed: String { words.joined() }

    var namesWhatsApp: Bool { squeezed.contains("whatsapp") || words.contains("wa") }

    /// Without a number at the end: `phone 2`, `電話1`.
    var withoutNumber: HeadingText {
        var words = words
        while var last = words.popLast() {
            while last.last?.isNumber == true { last.removeLast() }
            if !last.isEmpty {
                words.append(last)
                break
            }
        }
        return HeadingText(words: words)
    }

    /// Without what stands in brackets at the end: `Celular (contato)`.
    static func withoutBrackets(_ heading: String) -> String {
        guard let open = heading.lastIndex(where: { $0 == "(" || $0 == "（" }), open != heading.startIndex else {
            return heading
        }
        return String(heading[..<open])
    }

    private init(words: [String]) {
        self.words = words
    }

    private static func belongsToWord(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
            || scalar.properties.generalCategory == .nonspacingMark
    }

    /// Full-width ASCII as ordinary ASCII.
    private static func narrow(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
    }

    private static let plain: [Character: String] = [
        "á": "a", "à": "a", "â": "a", "ã": "a", "ä": "a", "å": "a", "é": "e", "è": "e", "ê": "e", "ë": "e",
        "í": "i", "ì": "i", "î": "i", "ï": "i", "ó": "o", "ò": "o", "ô": "o", "õ": "o", "ö": "o",
        "ú": "u", "ù": "u", "û": "u", "ü": "u", "ñ": "n", "ç": "c", "ß": "ss",
    ]

    private static func folded(_ scalar: Unicode.Scalar) -> String {
        // Accents that stand alone behind their letter.
        if scalar.properties.generalCategory == .nonspacingMark { return "" }
        let small = scalar.properties.lowercaseMapping
        return small.count == 1 ? small.first.flatMap { plain[$0] } ?? small : small
    }
}
