extension SegmentCondition {
    /// Reads a condition.
    /// - Parameter habits: how its number or date is written.
    /// - Throws: `invalid` with the detail `condition` and a sentence that says what is wrong with it.
    package init(_ words: Words, habits: WritingHabits) throws(PuenteError) {
        guard words.about.tests(kind: words.kind).contains(words.test) else { throw .noSuchTest }
        let value = WrittenValue(text: words.value?.tidied ?? "", habits: habits)
        switch words.about {
        case .name: self = .name(try value.textTest(words.test, asWords: true))
        case .email: self = .email(try value.textTest(words.test, asWords: false))
        case .phone: self = .phone(try value.prefixes(), isSo: words.test == .starts)
        case .language: self = try value.language(words.test)
        case .reach: self = .reach(try Self.reach(words.test))
        case .unreachable: self = .unreachable(isSo: words.test == .has)
        case .numberKind:
            guard let kind = PhoneNumberKind(code: value.text) else { throw .noSuchTest }
            self = .numberKind(kind, isSo: words.test == .equals)
        case .field: self = try value.field(try words.id(), words.kind ?? .text, words.test)
        case .label: self = .label(try words.id(), isSo: words.test == .has)
        case .state:
            guard let state = words.of.flatMap({ ContactState(rawValue: $0) }) else { throw .noSuchTest }
            self = .state(state, isSo: words.test == .has)
        case .consent:
            guard let purpose = words.of.flatMap({ Purpose(rawValue: $0) }),
                let consent = Consent(rawValue: words.test.rawValue)
            else { throw .noSuchTest }
            self = .consent(purpose, consent)
        case .activity: self = .activity(try value.activity(words.test))
        case .created: self = .created(try value.age(words.test))
        case .source:
            guard let source = Source(rawValue: value.text) else { throw .noSuchTest }
            self = .source(source, isSo: words.test == .equals)
        }
    }

    private static func reach(_ test: SegmentTest) throws(PuenteError) -> Reach {
        guard let reach = Reach(rawValue: test.rawValue) else { throw .noSuchTest }
        return reach
    }
}

extension SegmentCondition.Words {
    fileprivate func id<Row>() throws(PuenteError) -> Identifier<Row> {
        guard let id = of.flatMap({ Identifier<Row>($0) }) else { throw .noSuchTest }
        return id
    }
}

/// What stands behind a comparison, before it is read.
private struct WrittenValue {
    let text: String
    let habits: WritingHabits

    /// - Parameter asWords: letters and digits are compared; else every sign.
    func textTest(_ test: SegmentTest, asWords: Bool) throws(PuenteError) -> SegmentCondition.TextTest {
        switch test {
        case .contains: .contains(try compared(asWords))
        case .starts: .starts(try compared(asWords))
        case .ends: .ends(try compared(asWords))
        case .equals: .equals(try compared(asWords))
        case .differs: .differs(try compared(asWords))
        case .filled: .filled
        case .empty: .empty
        default: throw .noSuchTest
        }
    }

    private func compared(_ asWords: Bool) throws(PuenteError) -> String {
        guard (1...100).contains(text.unicodeScalars.count), !asWords || !FieldValue.folded(text).isEmpty else {
            throw .noText
        }
        return text
    }

    func prefixes() throws(PuenteError) -> [String] {
        var prefixes: [String] = []
        for part in text.split(whereSeparator: { ",;\n".contains($0) }) {
            let digits = part.unicodeScalars.compactMap(\.writtenDigit).map(String.init).joined()
            let isClean = part.unicodeScalars.allSatisfy { scalar in
                scalar.writtenDigit != nil || " +()-.".unicodeScalars.contains(scalar)
            }
            guard isClean, (1...15).contains(digits.count), digits.first != "0" else { throw .noPrefix }
            if !prefixes.contains(digits) { prefixes.append(digits) }
        }
        guard (1...20).contains(prefixes.count) else { throw .noPrefix }
        return prefixes
    }

    func language(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition {
        switch test {
        case .filled: return .language(nil, isSo: false)
        case .empty: return .language(nil, isSo: true)
        default:
            guard let code = LanguageTag.read(text) else { throw .noLanguage }
            return .language(code, isSo: test == .equals)
        }
    }

    func field(_ id: FieldID, _ kind: FieldKind, _ test: SegmentTest) throws(PuenteError) -> SegmentCondition {
        switch kind {
        case .text, .choice: .field(id, kind, try textTest(test, asWords: true))
        case .yesNo: .field(id, kind, try yesNo(test))
        case .number: .number(id, try numberTest(test))
        case .date: .date(id, try dateTest(test))
        }
    }

    private func yesNo(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition.TextTest {
        switch test {
        case .equals: return .equals(try read(.yesNo).text)
        case .differs: return .differs(try read(.yesNo).text)
        default: return try textTest(test, asWords: true)
        }
    }

    private func numberTest(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition.NumberTest {
        switch test {
        case .equals: .equals(try number())
        case .differs: .differs(try number())
        case .atLeast: .atLeast(try number())
        case .atMost: .atMost(try number())
        case .filled: .filled
        case .empty: .empty
        default: throw .noSuchTest
        }
    }

    private func dateTest(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition.DateTest {
        switch test {
        case .equals: .on(try date())
        case .before: .before(try date())
        case .after: .after(try date())
        case .past: .past(days: try days())
        case .next: .next(days: try days())
        case .filled: .filled
        case .empty: .empty
        default: throw .noSuchTest
        }
    }

    func activity(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition.Activity {
        switch test {
        case .within: .within(days: try days())
        case .silent: .silent(days: try days())
        case .never: .never
        case .open: .open
        case .noneOpen: .noneOpen
        default: throw .noSuchTest
        }
    }

    func age(_ test: SegmentTest) throws(PuenteError) -> SegmentCondition.Age {
        switch test {
        case .within: .within(days: try days())
        case .longer: .longer(days: try days())
        case .before: .before(try date())
        case .since: .since(try date())
        default: throw .noSuchTest
        }
    }

    private func read(_ kind: FieldKind) throws(PuenteError) -> FieldValue {
        do throws(PuenteError) {
            guard let value = try FieldValue.read(text, as: kind, habits: habits) else { throw PuenteError.noText }
            return value
        } catch {
            throw PuenteError(.invalid, detail: "condition", message: error.message)
        }
    }

    private func number() throws(PuenteError) -> Double {
        guard let number = try read(.number).number else { throw .noText }
        return number
    }

    private func date() throws(PuenteError) -> CivilDate {
        guard let days = try read(.date).number, let date = CivilDate(days: Int(days)) else { throw .noText }
        return date
    }

    private func days() throws(PuenteError) -> Int {
        guard text.utf8.count <= 5, let days = Int(text), (1...36_500).contains(days) else { throw .noDays }
        return days
    }
}

/// A language as WhatsApp's templates name it: `es`, `pt_BR`.
package enum LanguageTag {
    /// Nil for what is no such name.
    package static func read(_ written: String) -> String? {
        let parts = written.split { "_-".contains($0) }.map(String.init)
        guard let language = parts.first?.lowercased(), (2...3).contains(language.count), isLetters(language) else {
            return nil
        }
        guard parts.count > 1 else { return language }
        guard parts.count == 2, (2...4).contains(parts[1].count), isLetters(parts[1]) else { return nil }
        return language + "_" + parts[1].uppercased()
    }

    private static func isLetters(_ text: String) -> Bool {
        text.utf8.allSatisfy { (65...90).contains($0) || (97...122).contains($0) }
    }
}

extension PuenteError {
    private static func condition(en: String, es: String) -> PuenteError {
        PuenteError(.invalid, detail: "condition", en: en, es: es)
    }

    static let noSuchTest = condition(
        en: "This condition is not complete: choose what it is about and how it compares.",
        es: "Esta condición no está completa: elija de qué trata y cómo compara.")
    fileprivate static let noText = condition(
        en: "Write what to compare with: 1 to 100 characters.", es: "Escriba con qué comparar: de 1 a 100 caracteres.")
    fileprivate static let noPrefix = condition(
        en: "Write the first digits with the country code, such as +52 or +1 809; several with commas between them.",
        es: "Escriba las primeras cifras con el código de país, como +52 o +1 809; varias separadas por comas.")
    fileprivate static let noLanguage = condition(
        en: "Write a language such as es, en or pt_BR.", es: "Escriba un idioma, como es, en o pt_BR.")
    fileprivate static let noDays = condition(
        en: "Write a number of days from 1 to 36,500.", es: "Escriba un número de días de 1 a 36.500.")
}
