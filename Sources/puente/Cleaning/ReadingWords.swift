import ContactFiles
import Domain
import Pipeline
import Store

/// How a file is read, in one language, for a person to see whether it is read right.
struct ReadingWords {
    struct Column {
        let title: String
        /// What it is read as.
        let use: String
    }

    /// More would push the figures out of sight.
    private static let maxColumns = 30
    private static let leftOut = "–"

    let language: Language

    init(_ language: Language) {
        self.language = language
    }

    /// Kind, encoding, separator, sheet and the program that wrote it, as far as the kind has them.
    func facts(_ inspection: FileInspection) -> [String] {
        let (plan, sheets) = (inspection.plan, inspection.sheets)
        var facts = [kind(plan.kind)]
        if plan.kind != .excel { facts.append(plan.encoding.name) }
        if plan.kind == .delimited { facts.append(separator(plan.delimiter)) }
        if let format = inspection.format { facts.append(format.name) }
        if sheets.count > 1, sheets.indices.contains(plan.sheet) {
            facts.append(say("sheet", "hoja") + " " + sheets[plan.sheet].name)
        }
        return facts
    }

    func use(_ meaning: ColumnMeaning) -> String {
        meaning == .other ? Self.leftOut : meaning.title[language]
    }

    /// - Parameters:
    ///   - known: the company's fields.
    ///   - made: fields that columns are to become.
    func use(_ use: ColumnUse, known: [ImportField], made: [ImportField]) -> String {
        switch use {
        case .meaning(let meaning): self.use(meaning)
        case .leftOut: Self.leftOut
        case .field(let key):
            if let field = made.first(where: { $0.key == key }) {
                say("new field", "campo nuevo") + " " + Quoting.clipped(field.name)
            } else {
                say("field", "campo") + " " + Quoting.clipped(known.first { $0.key == key }?.name ?? key)
            }
        }
    }

    /// For a terminal: each column, and what it is read as.
    func lines(_ columns: [Column]) -> [String] {
        let shown = columns.prefix(Self.maxColumns)
        let rest = columns.count - shown.count
        let lines = TextTable.lines(shown.map { [Quoting.clipped($0.title), $0.use] })
        let more = say("and \(rest) more", "y \(rest) más")
        return [say("Columns read as:", "Columnas leídas como:")]
            + (lines + (rest > 0 ? [more] : [])).map { "  \($0)" }
    }

    private func say(_ en: String, _ es: String) -> String { language == .spanish ? es : en }

    private func kind(_ kind: FileKind) -> String {
        switch kind {
        case .delimited: "CSV"
        case .excel: "Excel"
        case .vCard: "vCard"
        case .lines: say("lines of text", "líneas de texto")
        }
    }

    private func separator(_ delimiter: Delimiter) -> String {
        switch delimiter {
        case .comma: say("separated by commas", "separado por comas")
        case .semicolon: say("separated by semicolons", "separado por punto y coma")
        case .tab: say("separated by tabs", "separado por tabuladores")
        case .bar: say("separated by bars", "separado por barras")
        }
    }
}
