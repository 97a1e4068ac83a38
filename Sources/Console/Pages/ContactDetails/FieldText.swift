import Domain

/// A field's value for people.
struct FieldText {
    private let habits: WritingHabits

    init(_ habits: WritingHabits) {
        self.habits = habits
    }

    /// To be read.
    func shown(_ value: String, _ kind: FieldKind, in context: PageContext) -> String {
        switch kind {
        case .text, .choice: value
        case .number: grouped(value)
        case .date: CivilDate(reading: value, .machine).map { date($0, in: context) } ?? value
        case .yesNo: context.words.optional("people.yesNo.\(value)") ?? value
        }
    }

    /// `1234.5` as `1,234.5` or `1.234,5`: with the marks that the company's forms read.
    private func grouped(_ number: String) -> String {
        let usesComma = habits.decimalMark == .comma
        let isNegative = number.hasPrefix("-")
        let halves = number.drop { $0 == "-" }.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = halves.first, halves.joined().allSatisfy(\.isNumber) else { return number }
        var text = isNegative ? "−" : ""
        for (position, digit) in whole.enumerated() {
            if position > 0, (whole.count - position).isMultiple(of: 3) { text += usesComma ? "." : "," }
            text.append(digit)
        }
        return halves.count == 2 ? text + (usesComma ? "," : ".") + String(halves[1]) : text
    }

    private func date(_ date: CivilDate, in context: PageContext) -> String {
        "\(date.day) \(context.words("time.monthShort.\(date.month)")) \(date.year)"
    }

    /// To be changed: a number with the company's decimal mark.
    func written(_ value: String, _ kind: FieldKind) -> String {
        guard kind == .number, habits.decimalMark == .comma else { return value }
        return String(value.map { $0 == "." ? "," : $0 })
    }
}
