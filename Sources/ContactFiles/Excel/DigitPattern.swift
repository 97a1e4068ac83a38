/// A number format of nothing but places for digits and the signs between them.
struct DigitPattern: Equatable {
    private enum Place: Equatable {
        /// `0`: a zero stands here when the number has no digit for it. `#`: nothing does.
        case digit(isFilled: Bool)
        case sign(Character)
    }

    private let places: [Place]

    /// Nil for formats with decimals, thousands, percents, conditions or words, and for `0`, which says nothing.
    init?(_ code: String) {
        var places: [Place] = []
        var isQuoted = false
        var isEscaped = false
        for character in code {
            if isEscaped || isQuoted, character != "\"" || isEscaped {
                guard "+-() /.".contains(character) else { return nil }
                places.append(.sign(character))
                isEscaped = false
            } else {
                switch character {
                case "\"": isQuoted.toggle()
                case "\\": isEscaped = true
                case "0": places.append(.digit(isFilled: true))
                case "#": places.append(.digit(isFilled: false))
                case "+", "-", "(", ")", " ", "/": places.append(.sign(character))
                default: return nil
                }
            }
        }
        let digits = places.count { if case .digit = $0 { true } else { false } }
        guard digits > 1 || (digits == 1 && places.count > 1) else { return nil }
        self.places = places
    }

    /// - Parameter number: digits only; anything else comes back as it is.
    func text(_ number: String) -> String {
        guard !number.isEmpty, number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return number }
        var digits = Array(number)
        var text: [Character] = []
        let first = places.firstIndex { if case .digit = $0 { true } else { false } }
        for (index, place) in places.enumerated().reversed() {
            switch place {
            case .sign(let sign): text.append(sign)
            case .digit(let isFilled):
                if let digit = digits.popLast() { text.append(digit) } else if isFilled { text.append("0") }
            }
            // All that is left over goes to the first place.
            if index == first { while let digit = digits.popLast() { text.append(digit) } }
        }
        return String(text.reversed())
    }
}
