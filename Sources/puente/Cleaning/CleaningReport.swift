import ContactFiles
import Domain
import PhoneNumbers
import Pipeline

/// The report on a cleaned file as one HTML page: nothing is loaded, no scripts, light and dark, to be printed.
struct CleaningReport {
    private static let maxCountries = 40

    let words: CleaningWords
    let numbers: Figures
    private let result: CleaningResult

    init(_ result: CleaningResult, language: Language) {
        self.result = result
        words = CleaningWords(result, language)
        numbers = Figures(language)
    }

    var html: String {
        let name = Self.text(result.source.name)
        return """
            <!doctype html>
            <html lang="\(words.language.rawValue)">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="robots" content="noindex">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <title>\(name) – \(words.say("report on contacts", "informe de contactos"))</title>
            <style>
            \(CleaningReportStyle.css)
            </style>
            </head>
            <body>
            <main>
            <header>
            <p class="kicker">\(words.say("Report on contacts", "Informe de contactos"))</p>
            <h1><bdi>\(name)</bdi></h1>
            <p class="lead">\(Self.text(words.shrinkage))</p>
            </header>
            \(verdicts)
            \(reading)
            \(words.sections.map(findings).joined(separator: "\n"))
            \(shares(words.countries, words.byCountry(atMost: Self.maxCountries)))
            \(shares(words.kinds, words.byKind))
            </main>
            </body>
            </html>

            """
    }

    /// What the file comes to: a bar with a part for each verdict, and the figures.
    private var verdicts: String {
        let rows = max(1, result.figures.rows)
        let parts = words.verdicts.filter { $0.count > 0 }.map {
            "<i class=\"\($0.code)\" style=\"flex-grow:\($0.count)\"></i>"
        }
        let items = words.verdicts.map { verdict in
            """
            <div class="figure"><dt><i class="\(verdict.code)"></i>\(verdict.title)</dt>\
            <dd><b>\(numbers.number(verdict.count))</b> <span>\(numbers.percent(Double(verdict.count) / Double(rows)))</span></dd></div>
            """
        }
        return """
            <section aria-label="\(words.say("Summary", "Resumen"))">
            <div class="bar" aria-hidden="true">\(parts.joined())</div>
            <dl class="figures">
            \(items.joined(separator: "\n"))
            </dl>
            </section>
            """
    }

    /// How the file was read, for a person to see whether it was read right.
    private var reading: String {
        let columns = result.source.inspection.columns.map { column in
            let use = ReadingWords(words.language).use(result.source.mapping.meanings[column.index])
            return "<tr><td>\(FileColumn.letter(column.index))</td><td><bdi>\(Self.cut(column.heading))</bdi></td>"
                + "<td>\(Self.text(use))</td></tr>"
        }
        return """
            <section>
            <h2>\(words.say("How the file was read", "Cómo se leyó el archivo"))</h2>
            <p>\(Self.text(facts.joined(separator: " · "))) · <time datetime="\(result.made.text)">\(numbers.time(result.made))</time></p>
            <table><thead><tr><th></th><th>\(words.say("Column", "Columna"))</th>\
            <th>\(words.say("Read as", "Leída como"))</th></tr></thead>
            <tbody>
            \(columns.joined(separator: "\n"))
            </tbody></table>
            </section>
            """
    }

    private var facts: [String] {
        var facts = ReadingWords(words.language).facts(result.source.inspection)
        if let region = result.region {
            facts.append(
                words.say("numbers without a country code: ", "números sin código de país: ")
                    + region.name[words.language])
        }
        return facts
    }

    static func text(_ text: String) -> String { HTMLText.escaped(text) }

    static func cut(_ text: String) -> String { HTMLText.escaped(Quoting.clipped(text)) }
}
