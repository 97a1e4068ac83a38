/// What a field says of a contact, as it is kept.
package struct FieldValue: Hashable, Codable, Sendable {
    /// Characters of a text.
    package static let maxLength = 2000
    /// Characters of ``folded``.
    package static let maxFolded = 100

    package let kind: FieldKind
    /// The text; `1234.5`; `2026-11-26`; the choice as the field lists it; `yes` or `no`.
    package let text: String
    /// The first ``maxFolded`` characters, small and without accents, for comparing. Numbers and days as in ``text``.
    package let folded: String
    /// Of a number its value, of a date its days since 1970; nil otherwise.
    package let number: Double?

    private init(_ kind: FieldKind, text: String, folded: String, number: Double? = nil) {
        self.kind = kind
        self.text = text
        self.folded = folded
        self.number = number
    }

    init(text: String) {
        self.init(.text, text: text, folded: Self.folded(text))
    }

    /// - Parameter choice: as the field lists it.
    package init(choice: String) {
        self.init(.choice, text: choice, folded: Self.folded(choice))
    }

    init(_ number: WrittenNumber) {
        self.init(.number, text: number.text, folded: number.text, number: number.value)
    }

    package init(_ date: CivilDate) {
        self.init(.date, text: date.description, folded: date.description, number: Double(date.days))
    }

    package init(isYes: Bool) {
        let text = isYes ? "yes" : "no"
        self.init(.yesNo, text: text, folded: text)
    }

    /// How two writings are compared: letters and digits, else, for what has neither, the signs themselves.
    package static func folded(_ text: String) -> String {
        let folded = text.folded
        let compared = folded.isEmpty ? text.lowercased() : folded
        return String(String.UnicodeScalarView(compared.unicodeScalars.prefix(maxFolded)))
    }
}
