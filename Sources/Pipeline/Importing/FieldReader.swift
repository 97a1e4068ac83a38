internal import Domain
internal import Store

/// Reads what a cell says in one of the company's own fields.
struct FieldReader {
    let field: ImportField
    /// What `1.234` and `3/4/2026` mean.
    let habits: WritingHabits

    /// - Returns: nil for what is blank.
    /// - Throws: when the cell does not hold what the field is for.
    func read(_ cell: String) throws(PuenteError) -> ImportedPerson.Field? {
        let value = try FieldValue.read(cell, as: field.kind, choices: field.choices, habits: habits)
        return value.map { ImportedPerson.Field(key: field.key, value: $0) }
    }
}

/// Texts of cells, tidied for keeping.
enum CellText {
    /// In one line, cut.
    static func line(_ text: String, atMost max: Int) -> String {
        let words = text.split { $0.isWhitespace || $0.isNewline }
        let line = words.joined(separator: " ")
        return line.count > max ? String(line.prefix(max)) : line
    }

    /// With its lines, cut.
    static func lines(_ text: String, atMost max: Int) -> String {
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).map { line in
            line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        }
        let tidy = String(lines.joined(separator: "\n").drop(while: \.isNewline))
        let text = String(tidy.reversed().drop(while: \.isNewline).reversed())
        return text.count > max ? String(text.prefix(max)) : text
    }
}
