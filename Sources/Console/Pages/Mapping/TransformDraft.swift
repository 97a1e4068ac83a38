package import Domain

/// The kinds of a transform, as a form offers them.
package enum TransformKind: String, CaseIterable, Sendable {
    case plain = ""
    case lettersLower, lettersUpper, lettersTitle
    case phoneE164, phoneDigits, phoneNational, phoneInternational
    case dateYearFirst, dateDayFirst, dateMonthFirst
    case choices, part, template

    var word: String { self == .plain ? "plain" : rawValue }
}

/// A transform as somebody left it in a form.
package struct TransformDraft: Equatable, Sendable {
    /// What stands for everything else in a choice table.
    private static let anything = "*"

    package var kind: TransformKind
    /// A choice table, `ours = theirs` in each line; or a template.
    package var text: String
    package var part: String
    /// Blanks count.
    package var separator: String
    package var error: LocalizedText?

    package init(kind: TransformKind = .plain, text: String = "", part: String = "1", separator: String = " ") {
        self.kind = kind
        self.text = text
        self.part = part
        self.separator = separator
    }

    package init(_ transform: FieldTransform) {
        self.init()
        switch transform {
        case .letters(.lower): kind = .lettersLower
        case .letters(.upper): kind = .lettersUpper
        case .letters(.title): kind = .lettersTitle
        case .phone(.e164): kind = .phoneE164
        case .phone(.digits): kind = .phoneDigits
        case .phone(.national): kind = .phoneNational
        case .phone(.international): kind = .phoneInternational
        case .date(.yearMonthDay): kind = .dateYearFirst
        case .date(.dayMonthYear): kind = .dateDayFirst
        case .date(.monthDayYear): kind = .dateMonthFirst
        case .choices(let table, let otherwise):
            kind = .choices
            let rest = otherwise.map { ["\(Self.anything) = \($0)"] } ?? []
            text = (table.map { "\($0.ours) = \($0.theirs)" } + rest).joined(separator: "\n")
        case .part(let number, let separator):
            kind = .part
            part = String(number)
            self.separator = separator
        case .template(let text):
            kind = .template
            self.text = text
        }
    }

    /// - Returns: nil where none was chosen.
    /// - Throws: `invalid` with what is wrong.
    func transform() throws(PuenteError) -> FieldTransform? {
        switch kind {
        case .plain: return nil
        case .lettersLower: return .letters(.lower)
        case .lettersUpper: return .letters(.upper)
        case .lettersTitle: return .letters(.title)
        case .phoneE164: return .phone(.e164)
        case .phoneDigits: return .phone(.digits)
        case .phoneNational: return .phone(.national)
        case .phoneInternational: return .phone(.international)
        case .dateYearFirst: return .date(.yearMonthDay)
        case .dateDayFirst: return .date(.dayMonthYear)
        case .dateMonthFirst: return .date(.monthDayYear)
        case .choices: return try choices()
        case .part:
            guard let number = Int(part.trimmed), (1...100).contains(number), (1...20).contains(separator.count) else {
                throw .noPart
            }
            return .part(number, separator: separator)
        case .template:
            let template = text.trimmed
            guard !template.isEmpty else { throw .noTemplate }
            return .template(template)
        }
    }

    private func choices() throws(PuenteError) -> FieldTransform {
        var table: [FieldTransform.Choice] = []
        var otherwise: String?
        for line in text.split(whereSeparator: \.isNewline) where !line.allSatisfy(\.isWhitespace) {
            guard let (ours, theirs) = Self.sides(of: line) else { throw .noChoiceLine(MappingWords.cut(String(line))) }
            if ours == Self.anything {
                otherwise = theirs
            } else {
                table.append(.init(ours: ours, theirs: theirs))
            }
        }
        guard !table.isEmpty else { throw .noChoices }
        return .choices(table, otherwise: otherwise)
    }

    /// The sign with blanks around it counts first: words may have one in them.
    private static func sides(of line: Substring) -> (String, String)? {
        guard let sign = line.firstRange(of: " = ") ?? line.firstRange(of: "=") else { return nil }
        let (ours, theirs) = (String(line[..<sign.lowerBound]).trimmed, String(line[sign.upperBound...]).trimmed)
        return ours.isEmpty || theirs.isEmpty ? nil : (ours, theirs)
    }
}

extension PuenteError {
    fileprivate static let noPart = PuenteError(
        .invalid, en: "Write the number of the part, from 1, and what stands between parts.",
        es: "Escriba el número de la parte, desde 1, y qué hay entre las partes.")
    fileprivate static let noTemplate = PuenteError(
        .invalid, en: "Write the template, such as {{first_name}} {{last_name}}.",
        es: "Escriba la plantilla, por ejemplo {{first_name}} {{last_name}}.")
    fileprivate static let noChoices = PuenteError(
        .invalid, en: "Write the choices, one in each line: ours = theirs.",
        es: "Escriba las opciones, una por línea: nuestra = suya.")

    fileprivate static func noChoiceLine(_ line: String) -> PuenteError {
        PuenteError(
            .invalid, en: "“\(line)” is no choice: write ours = theirs.",
            es: "«\(line)» no es una opción: escriba nuestra = suya.")
    }
}
