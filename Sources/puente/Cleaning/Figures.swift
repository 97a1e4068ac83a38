import Domain

/// Writes numbers as the readers of a language write them.
struct Figures {
    private let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// `1,234,567`; in Spanish `1.234.567`.
    func number(_ value: Int) -> String {
        let digits = Array(String(value.magnitude))
        let mark: Character = language == .spanish ? "." : ","
        var text = value < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(mark) }
            text.append(digit)
        }
        return text
    }

    /// `12.3 %`; in Spanish `12,3 %`.
    /// - Parameter share: 0 to 1.
    func percent(_ share: Double) -> String {
        decimal(share * 100) + " %"
    }

    /// With one decimal.
    func decimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(number(tenths / 10))\(language == .spanish ? "," : ".")\(tenths % 10)"
    }
}
