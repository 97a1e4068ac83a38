extension FieldTransform {
    /// What the CRM is to hold.
    /// - Returns: nil where the value cannot be written this way: the field is left alone, and people are told.
    package func forth(_ text: String, _ context: TransformContext) -> String? {
        switch self {
        case .letters(let letters): letters.applied(to: text)
        case .phone(let form): context.phone(text, form)
        case .date(let form): context.day(of: text).map(form.written)
        case .choices(let table, let otherwise): table.first { $0.ours.isSameWord(as: text) }?.theirs ?? otherwise
        case .part(let number, let separator): Self.part(number, of: text, separator: separator)
        case .template(let template): MappingTemplate(template).said(context.variable)
        }
    }

    /// What Puente is to hold.
    /// - Returns: nil where the value cannot be read this way.
    package func back(_ text: String, _ context: TransformContext) -> String? {
        switch self {
        case .letters: text
        case .phone: context.phone(text, .e164)
        case .date(let form): form.read(text)?.description
        // What stands for "anything else" there says nothing here.
        case .choices(let table, _): table.first { $0.theirs.isSameWord(as: text) }?.ours
        case .part, .template: nil
        }
    }

    private static func part(_ number: Int, of text: String, separator: String) -> String? {
        guard number >= 1, !separator.isEmpty else { return nil }
        let parts = text.split(separator: separator, maxSplits: number, omittingEmptySubsequences: false)
        return parts.count >= number ? String(parts[number - 1]).tidied : ""
    }
}

extension FieldTransform.LetterCase {
    fileprivate func applied(to text: String) -> String {
        switch self {
        case .upper: text.uppercased()
        case .lower: text.lowercased()
        case .title:
            text.split(separator: " ", omittingEmptySubsequences: false)
                .map { $0.prefix(1).uppercased() + $0.dropFirst().lowercased() }.joined(separator: " ")
        }
    }
}

extension FieldTransform.DateForm {
    func written(_ date: CivilDate) -> String {
        let (year, month, day) = ("\(date.year)", Self.two(date.month), Self.two(date.day))
        return switch self {
        case .yearMonthDay: "\(year)-\(month)-\(day)"
        case .dayMonthYear: "\(day)/\(month)/\(year)"
        case .monthDayYear: "\(month)/\(day)/\(year)"
        }
    }

    func read(_ text: String) -> CivilDate? {
        let numbers = text.prefix(10).split { !$0.isNumber }.map { Int($0) ?? 0 }
        guard numbers.count == 3 else { return nil }
        return switch self {
        case .yearMonthDay: CivilDate(year: numbers[0], month: numbers[1], day: numbers[2])
        case .dayMonthYear: CivilDate(year: numbers[2], month: numbers[1], day: numbers[0])
        case .monthDayYear: CivilDate(year: numbers[2], month: numbers[0], day: numbers[1])
        }
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension TransformContext {
    fileprivate func day(of text: String) -> CivilDate? {
        guard text.contains("T"), let moment = Timestamp(iso: text) else { return CivilDate(text.prefix(10)) }
        return days.day(of: moment)
    }
}

extension CivilDate {
    /// `2026-11-26`
    fileprivate init?(_ text: some StringProtocol) {
        guard let date = FieldTransform.DateForm.yearMonthDay.read(String(text)) else { return nil }
        self = date
    }
}

extension String {
    fileprivate func isSameWord(as other: String) -> Bool { tidied.lowercased() == other.tidied.lowercased() }
}
