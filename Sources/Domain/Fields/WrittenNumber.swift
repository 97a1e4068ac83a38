import FoundationEssentials

/// A number as people write it, `1.234,50`, `$1,234.50`, `- 12`, read into digits.
struct WrittenNumber: Equatable {
    /// With a point, without grouping and needless zeros: `1234.5`. Equal numbers are equal texts.
    let text: String
    let value: Double

    /// More digits are not told apart by a double.
    static let maxDigits = 15

    /// Nil for what is no number, or has more than ``maxDigits`` digits.
    init?(_ written: String, _ habits: WritingHabits) {
        guard let (isNegative, body) = Self.split(written), let parts = Self.parts(body, habits) else { return nil }
        let whole = parts.whole.drop { $0 == "0" }
        let fraction = String(parts.fraction.reversed().drop { $0 == "0" }.reversed())
        guard whole.count + fraction.count <= Self.maxDigits else { return nil }
        let digits = (whole.isEmpty ? "0" : String(whole)) + (fraction.isEmpty ? "" : "." + fraction)
        let text = isNegative && digits != "0" ? "-" + digits : digits
        guard let value = Double(text) else { return nil }
        self.text = text
        self.value = value
    }

    /// The sign, and digits with marks between them. Blanks, apostrophes and signs of money are left out.
    private static func split(_ written: String) -> (isNegative: Bool, body: String)? {
        var body = ""
        var isNegative = false
        for scalar in written.unicodeScalars {
            switch scalar {
            case "-", "−", "–":
                guard body.isEmpty, !isNegative else { return nil }
                isNegative = true
            case "+": guard body.isEmpty, !isNegative else { return nil }
            case "$", "€", "£", "¥", "'", "’": continue
            case _ where scalar.properties.isWhitespace: continue
            case ".", ",": body.unicodeScalars.append(scalar)
            case "．": body.append(".")
            case "，", "٫": body.append(",")
            default:
                guard let digit = scalar.writtenDigit else { return nil }
                body.append(String(digit))
            }
        }
        return body.isEmpty ? nil : (isNegative, body)
    }

    private static func parts(_ body: String, _ habits: WritingHabits) -> (whole: String, fraction: String)? {
        let marks = body.filter { !$0.isNumber }
        guard let last = marks.last else { return (body, "") }
        let isDecimal: Bool
        if Set(marks).count == 2 {
            isDecimal = true
        } else if marks.count > 1 {
            isDecimal = false
        } else {
            isDecimal = last == habits.decimalMark.rawValue || !isGrouped(body, by: last)
        }
        guard isDecimal else { return isGrouped(body, by: last) ? (body.filter(\.isNumber), "") : nil }
        let halves = body.split(separator: last, omittingEmptySubsequences: false)
        guard halves.count == 2, !(halves[0].isEmpty && halves[1].isEmpty) else { return nil }
        let grouping = halves[0].first { !$0.isNumber }
        if let grouping, !isGrouped(String(halves[0]), by: grouping) { return nil }
        return (halves[0].filter(\.isNumber), String(halves[1]))
    }

    /// `1.234.567`: one to three digits, then threes. A zero does not begin a group: `0.123` is a fraction.
    private static func isGrouped(_ body: String, by mark: Character) -> Bool {
        let groups = body.split(separator: mark, omittingEmptySubsequences: false)
        guard let first = groups.first, (1...3).contains(first.count), first.first != "0" else { return false }
        return groups.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isNumber) }
            && first.allSatisfy(\.isNumber)
    }
}
