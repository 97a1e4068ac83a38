import ContactFiles
import Domain
import PhoneNumbers
import Pipeline

/// The figures of a cleaning as lines for a terminal.
struct CleaningSummary {
    private static let maxCountries = 10

    private let result: CleaningResult
    private let outputs: CleaningOutputs

    init(_ result: CleaningResult, _ outputs: CleaningOutputs) {
        self.result = result
        self.outputs = outputs
    }

    func say(on terminal: Terminal) {
        let words = CleaningWords(result, terminal.language)
        let figures = Figures(terminal.language)
        terminal.print(words.readLine)
        sayColumns(terminal)
        terminal.print("")
        let rows = result.figures.rows
        let table =
            [CleaningWords.Line(label: words.rows, count: rows)]
            + words.verdicts.map {
                CleaningWords.Line(label: $0.title, count: $0.count)
            }
        Self.table(table, figures, of: rows).forEach(terminal.print)
        for section in words.sections where !section.tallies.isEmpty {
            let lines = section.tallies.map {
                CleaningWords.Line(label: $0.title[terminal.language], count: $0.count)
            }
            Self.say(section.title, Self.counts(lines, figures), on: terminal)
        }
        Self.say(words.countries, Self.counts(words.byCountry(atMost: Self.maxCountries), figures), on: terminal)
        Self.say(words.kinds, Self.counts(words.byKind, figures), on: terminal)
        terminal.print("")
        terminal.print(words.shrinkage)
        sayOutputs(words, terminal)
        if let hint = words.regionHint { terminal.complain(hint) }
    }

    private func sayColumns(_ terminal: Terminal) {
        let words = ReadingWords(terminal.language)
        let columns = result.source.inspection.columns.map { column in
            ReadingWords.Column(title: column.title, use: words.use(result.source.mapping.meanings[column.index]))
        }
        words.lines(columns).forEach(terminal.print)
    }

    private func sayOutputs(_ words: CleaningWords, _ terminal: Terminal) {
        for file in outputs.all { terminal.print(words.wrote(file.path)) }
    }

    private static func say(_ title: String, _ lines: [String], on terminal: Terminal) {
        guard !lines.isEmpty else { return }
        terminal.print("")
        terminal.print("\(title):")
        lines.forEach { terminal.print("  \($0)") }
    }

    /// Label, count, share.
    private static func table(_ rows: [CleaningWords.Line], _ figures: Figures, of whole: Int) -> [String] {
        let counts = aligned(rows.map { figures.number($0.count) })
        let shares = aligned(rows.map { figures.percent(whole > 0 ? Double($0.count) / Double(whole) : 0) })
        return TextTable.lines(zip(rows, zip(counts, shares)).map { [$0.label, $1.0, $1.1] })
    }

    /// Count, label.
    private static func counts(_ rows: [CleaningWords.Line], _ figures: Figures) -> [String] {
        let counts = aligned(rows.map { figures.number($0.count) })
        return zip(rows, counts).map { "\($1)  \($0.label)" }
    }

    /// To the right.
    private static func aligned(_ texts: [String]) -> [String] {
        let width = texts.map(\.count).max() ?? 0
        return texts.map { String(repeating: " ", count: width - $0.count) + $0 }
    }
}
