/// The places of a text where digits stand together as in a number.
struct NumberRuns {
    /// What ends a run. Letters, marks such as "," and ";", and a "+" after digits always do.
    enum Separators {
        case marks
        /// Slashes too.
        case slashes
        /// Slashes and blanks too.
        case blanks
    }

    /// Each with a digit at its end, in the order of the text.
    private(set) var texts: [String] = []
    /// Whether a letter that can pass for a digit stands directly beside one: then it may be one of the number's places,
    /// written wrong. Chinese is written without blanks between words, and no one takes its signs for digits.
    private(set) var touchLetters = false
    /// Whether such a letter stands directly behind a digit, where another digit may be meant.
    private(set) var endInLetters = false

    private var run = String.UnicodeScalarView()
    /// How much of `run` reaches to its last digit.
    private var length = 0
    private var before: Kind = .mark

    private enum Kind {
        case digit, plus, blank, slash, joint, letter, mark
    }

    init(_ text: String, separatedBy separators: Separators = .marks) {
        for scalar in text.unicodeScalars {
            let kind = Self.kind(of: scalar)
            if kind == .letter && before == .digit { endInLetters = true }
            if endInLetters || kind == .digit && before == .letter { touchLetters = true }
            switch kind {
            case .digit:
                run.append(scalar)
                length = run.count
            case .plus:
                finish()
                run.append(scalar)
            case .blank where separators == .blanks, .slash where separators != .marks, .letter, .mark: finish()
            case .blank, .slash, .joint: if !run.isEmpty || scalar == "(" { run.append(scalar) }
            }
            before = kind
        }
        finish()
    }

    var digitCount: Int { texts.reduce(0) { $0 + Self.digitCount($1) } }

    static func digitCount(_ text: String) -> Int {
        text.unicodeScalars.count { $0.decimalDigit != nil }
    }

    private mutating func finish() {
        if length > 0 { texts.append(String(run.prefix(length))) }
        run.removeAll(keepingCapacity: true)
        length = 0
    }

    private static func kind(of scalar: Unicode.Scalar) -> Kind {
        switch scalar {
        case "0"..."9": .digit
        case "+", "\u{FF0B}": .plus
        case "\n", "\r", "\t": .mark
        case "/", "\u{FF0F}": .slash
        case "-", ".", "(", ")", "[", "]": .joint
        case _ where scalar.decimalDigit != nil: .digit
        case _ where scalar.properties.isWhitespace: .blank
        case _ where scalar.isPhonePunctuation: .joint
        case _ where scalar.canPassForDigit: .letter
        default: .mark
        }
    }
}

extension Unicode.Scalar {
    /// A Latin, Greek or Cyrillic letter, of any width.
    fileprivate var canPassForDigit: Bool {
        (value < 0x530 || (0xFF21...0xFF5A).contains(value)) && properties.isAlphabetic
    }
}
