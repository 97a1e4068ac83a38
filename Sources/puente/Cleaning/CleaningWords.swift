import Domain
import PhoneNumbers
import Pipeline

/// What is said of a cleaning, on the terminal and in the report, in one language.
struct CleaningWords {
    struct Verdict {
        let code: String
        let title: String
        let count: Int
    }

    /// A line of a table.
    struct Line {
        let label: String
        let count: Int
    }

    struct Section {
        let code: String
        let title: String
        let tallies: [CleaningTally]
    }

    let language: Language
    private let result: CleaningResult
    private let numbers: Figures

    init(_ result: CleaningResult, _ language: Language) {
        self.result = result
        self.language = language
        numbers = Figures(language)
    }

    private var figures: CleaningFigures { result.figures }

    func say(_ en: String, _ es: String) -> String { language == .spanish ? es : en }

    var rows: String { say("Rows read", "Filas leídas") }
    var countries: String { say("Countries", "Países") }
    var kinds: String { say("Kinds of number", "Tipos de número") }

    /// Every row is in one of them.
    var verdicts: [Verdict] {
        [
            Verdict(code: "clean", title: say("Clean", "Limpias"), count: figures.clean),
            Verdict(code: "marked", title: say("Accepted with a mark", "Aceptadas con aviso"), count: figures.marked),
            Verdict(code: "duplicate", title: say("Duplicates", "Duplicadas"), count: figures.duplicates),
            Verdict(code: "rejected", title: say("Rejected", "Rechazadas"), count: figures.rejected),
        ]
    }

    var sections: [Section] {
        [
            Section(code: "rejected", title: say("Rejected", "Rechazadas"), tallies: figures.rejectionTallies),
            Section(
                code: "rejected", title: say("Rejected rows that opt out", "Rechazadas que se dan de baja"),
                tallies: [figures.rejectedOptOuts].compactMap(\.self)),
            Section(code: "duplicate", title: say("Duplicates", "Duplicadas"), tallies: figures.duplicateTallies),
            Section(
                code: "marked", title: say("Accepted with a mark", "Aceptadas con aviso"), tallies: figures.markTallies),
        ]
    }

    /// The most frequent first; the rest together.
    func byCountry(atMost max: Int) -> [Line] {
        let all = figures.countries.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        let shown = all.prefix(max).map { Line(label: country($0.key), count: $0.value) }
        let rest = all.dropFirst(max)
        guard !rest.isEmpty else { return shown }
        let label = say("others: \(rest.count)", "otros: \(rest.count)")
        return shown + [Line(label: label, count: rest.reduce(0) { $0 + $1.value })]
    }

    var byKind: [Line] {
        figures.kinds.sorted { ($1.value, $0.key.rawValue) < ($0.value, $1.key.rawValue) }
            .map { Line(label: $0.key.title[language], count: $0.value) }
    }

    /// How the file was read.
    var readLine: String {
        let seconds = numbers.decimal(Double(result.elapsed.wholeMilliseconds) / 1000)
        let facts = ReadingWords(language).facts(result.source.inspection) + ["\(seconds) s"]
        return "\(result.source.path): \(facts.joined(separator: ", "))"
    }

    var shrinkage: String {
        let (accepted, rows) = (numbers.number(figures.accepted), numbers.number(figures.rows))
        let percent = numbers.percent(figures.shrinkage)
        return say(
            "\(rows) \(figures.rows == 1 ? "row" : "rows") became \(accepted) \(figures.accepted == 1 ? "contact" : "contacts"): \(percent) fewer.",
            "\(rows) \(figures.rows == 1 ? "fila quedó" : "filas quedaron") en \(accepted) \(figures.accepted == 1 ? "contacto" : "contactos"): un \(percent) menos."
        )
    }

    func wrote(_ path: String) -> String { say("Written: \(path)", "Escrito: \(path)") }

    /// When rows were rejected for want of a country, and none was named.
    var regionHint: LocalizedText? {
        let code = "phone_\(PhoneNumberProblem.unknownCountry.rawValue)"
        guard result.region == nil, figures.rejectionTallies.contains(where: { $0.code == code }) else { return nil }
        return LocalizedText(
            en:
                "Numbers without a country code were rejected. Name their country with --region, for example --region TW.",
            es:
                "Se rechazaron números sin código de país. Indique su país con --region, por ejemplo --region MX.")
    }

    private func country(_ code: String) -> String {
        guard !code.isEmpty else { return say("no country", "sin país") }
        return PhoneRegion(code).map { "\($0.name[language]) (\(code))" } ?? code
    }
}
