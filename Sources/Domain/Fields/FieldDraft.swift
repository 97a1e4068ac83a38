/// A field as somebody wants it, checked.
package struct FieldDraft: Hashable, Sendable {
    package static let maxFields = 100
    package static let maxChoices = 100

    package let name: String
    package let kind: FieldKind
    /// Of a choice, in the order in which they are shown; empty otherwise.
    package let choices: [String]

    /// - Throws: `invalid` with the detail `name` or `choices`.
    package init(name: String, kind: FieldKind, choices: [String] = []) throws(PuenteError) {
        self.name = try PeopleName.read(name, maxLength: 60)
        self.kind = kind
        self.choices = try Self.choices(choices, of: kind)
    }

    private static func choices(_ written: [String], of kind: FieldKind) throws(PuenteError) -> [String] {
        guard kind == .choice else {
            guard written.isEmpty else { throw .choicesOfOthers }
            return []
        }
        var choices: [String] = []
        var seen: Set<String> = []
        for text in written.map(\.tidied) where !text.isEmpty {
            let text = try choice(text)
            guard seen.insert(FieldValue.folded(text)).inserted else { throw .choiceTwice(text) }
            choices.append(text)
        }
        guard (1...maxChoices).contains(choices.count) else { throw .choiceCount }
        return choices
    }

    /// A choice as it is kept: trimmed, on one line.
    /// - Throws: `invalid` with the detail `choices`.
    package static func choice(_ written: String) throws(PuenteError) -> String {
        let text = written.tidied
        guard (1...100).contains(text.unicodeScalars.count), !text.contains("\n") else { throw .choiceTooLong }
        return text
    }

    /// What programs and files call the field: `fecha_de_compra` of "Fecha de compra".
    package var key: String {
        let words = name.searchable.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let key = String(words.joined(separator: "_").prefix(40))
        guard let first = key.first else { return "field" }
        return first.isNumber ? "field_" + key : key
    }
}

/// The name of a label, field or segment.
package enum PeopleName {
    /// Trimmed, on one line.
    /// - Throws: `invalid` with the detail `name`.
    package static func read(_ written: String, maxLength: Int) throws(PuenteError) -> String {
        let words = written.tidied.split(whereSeparator: \.isWhitespace)
        let name = words.joined(separator: " ")
        guard (1...maxLength).contains(name.unicodeScalars.count) else {
            throw PuenteError(
                .invalid, detail: "name", en: "A name has 1 to \(maxLength) characters.",
                es: "Un nombre tiene de 1 a \(maxLength) caracteres.")
        }
        return name
    }

    /// How two names are compared: capitals and accents make no other name.
    package static func folded(_ name: String) -> String { FieldValue.folded(name) }
}

extension PuenteError {
    private static func choices(en: String, es: String) -> PuenteError {
        PuenteError(.invalid, detail: "choices", en: en, es: es)
    }

    fileprivate static let choicesOfOthers = choices(
        en: "Only a field of the kind “choice” has choices.", es: "Solo un campo de tipo «opción» tiene opciones.")
    fileprivate static let choiceCount = choices(
        en: "A choice field has 1 to 100 choices.", es: "Un campo de opción tiene de 1 a 100 opciones.")
    fileprivate static let choiceTooLong = choices(
        en: "A choice has 1 to 100 characters on one line.", es: "Una opción tiene de 1 a 100 caracteres en una línea.")

    fileprivate static func choiceTwice(_ text: String) -> PuenteError {
        choices(
            en: "“\(text.excerpt)” is there twice; accents and capitals make no other choice.",
            es: "«\(text.excerpt)» está dos veces; los acentos y las mayúsculas no hacen otra opción.")
    }
}
