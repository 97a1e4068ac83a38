extension FieldValue {
    /// Reads what a person, a file or a program wrote: `1.234,50`, `26/11/2026`, `sí`, a choice whatever its accents.
    /// - Parameters:
    ///   - choices: of a field of the kind ``FieldKind/choice``.
    ///   - habits: what `1.234` and `3/4/2026` mean.
    /// - Returns: nil for what is blank: the field says nothing.
    /// - Throws: `invalid` with the detail `field_value` and a sentence that says what would be right.
    package static func read(
        _ written: String, as kind: FieldKind, choices: [String] = [], habits: WritingHabits
    ) throws(PuenteError) -> FieldValue? {
        let text = written.tidied
        guard !text.isEmpty else { return nil }
        switch kind {
        case .text:
            guard text.unicodeScalars.count <= maxLength else { throw .fieldTooLong }
            return FieldValue(text: text)
        case .number:
            guard let number = WrittenNumber(text, habits) else { throw .noNumber(text) }
            return FieldValue(number)
        case .date:
            guard let date = CivilDate(reading: text, habits) else { throw .noDate(text) }
            return FieldValue(date)
        case .choice:
            guard let choice = choice(text, among: choices) else { throw .noChoice(text, of: choices) }
            return FieldValue(choice: choice)
        case .yesNo:
            guard let isYes = isYes(text) else { throw .noYesNo(text) }
            return FieldValue(isYes: isYes)
        }
    }

    private static func choice(_ text: String, among choices: [String]) -> String? {
        if choices.contains(text) { return text }
        let folded = folded(text)
        return choices.first { Self.folded($0) == folded }
    }

    private static func isYes(_ text: String) -> Bool? {
        let folded = folded(text)
        if yes.contains(folded) { return true }
        return no.contains(folded) ? false : nil
    }

    private static let yes: Set<String> = [
        "yes", "y", "si", "s", "true", "verdadero", "1", "x", "sim", "on", "ok", "✓", "✔", "✔️", "是",
    ]
    private static let no: Set<String> = ["no", "n", "false", "falso", "0", "nao", "off", "✗", "✘", "否"]
}

extension String {
    /// Without what surrounds it and what cannot be seen; lines end in one way.
    var tidied: String {
        var text = UnicodeScalarView()
        for scalar in replacingLineEnds.unicodeScalars where scalar == "\n" || scalar == "\t" || !scalar.isControl {
            text.append(scalar)
        }
        return String(String(text).trimmed)
    }

    private var replacingLineEnds: String {
        var text = ""
        for character in self { text.append(character == "\r\n" || character == "\r" ? "\n" : character) }
        return text
    }

    private var trimmed: Substring {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return self[first...last]
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}

extension PuenteError {
    private static func field(en: String, es: String) -> PuenteError {
        PuenteError(.invalid, detail: "field_value", en: en, es: es)
    }

    fileprivate static let fieldTooLong = field(
        en: "A text has at most 2,000 characters.", es: "Un texto tiene 2.000 caracteres como máximo.")

    fileprivate static func noNumber(_ text: String) -> PuenteError {
        field(
            en: "“\(text.excerpt)” is no number: write it like 1234.50, with at most 15 digits.",
            es: "«\(text.excerpt)» no es un número: escríbalo como 1234,50, con 15 cifras como máximo.")
    }

    fileprivate static func noDate(_ text: String) -> PuenteError {
        field(
            en: "“\(text.excerpt)” is no day: write it like 2026-11-26 or 26/11/2026, the year with four digits.",
            es: "«\(text.excerpt)» no es una fecha: escríbala como 26/11/2026 o 2026-11-26, el año con cuatro cifras.")
    }

    fileprivate static func noChoice(_ text: String, of choices: [String]) -> PuenteError {
        let list = choices.prefix(6).joined(separator: ", ") + (choices.count > 6 ? ", …" : "")
        return field(
            en: "“\(text.excerpt)” is none of the choices: \(list).",
            es: "«\(text.excerpt)» no es ninguna de las opciones: \(list).")
    }

    fileprivate static func noYesNo(_ text: String) -> PuenteError {
        field(
            en: "“\(text.excerpt)” is neither yes nor no.", es: "«\(text.excerpt)» no es ni sí ni no.")
    }
}

extension String {
    /// Enough of it to be recognised in a sentence.
    var excerpt: String {
        unicodeScalars.count <= 40 ? self : String(String.UnicodeScalarView(unicodeScalars.prefix(39))) + "…"
    }
}
