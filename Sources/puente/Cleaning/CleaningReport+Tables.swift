import Domain
import Pipeline

extension CleaningReport {
    /// What was found of one verdict: a table of samples for each reason.
    func findings(_ section: CleaningWords.Section) -> String {
        guard !section.tallies.isEmpty else { return "" }
        return """
            <section>
            <h2><i class="\(section.code)"></i>\(section.title)</h2>
            \(section.tallies.map(finding).joined(separator: "\n"))
            </section>
            """
    }

    private func finding(_ tally: CleaningTally) -> String {
        let samples = tally.samples.map { sample in
            "<tr><td class=\"number\">\(numbers.number(sample.row))</td><td><bdi>\(Self.cut(sample.written))</bdi></td>"
                + "<td>\(Self.text(sample.sentence[words.language]))</td></tr>"
        }
        return """
            <article>
            <h3>\(Self.text(tally.title[words.language])) <b>\(numbers.number(tally.count))</b></h3>
            <table><thead><tr><th class="number">\(words.say("Row", "Fila"))</th><th>\(words.say("As written", "Como está escrito"))</th>\
            <th>\(words.say("What about it", "Qué pasa"))</th></tr></thead>
            <tbody>
            \(samples.joined(separator: "\n"))
            </tbody></table>
            \(rest(tally))
            </article>
            """
    }

    private func rest(_ tally: CleaningTally) -> String {
        let count = tally.count - tally.samples.count
        guard count > 0 else { return "" }
        let text =
            count == 1
            ? words.say("and one more row", "y una fila más")
            : words.say("and \(numbers.number(count)) more rows", "y \(numbers.number(count)) filas más")
        return "<p class=\"more\">\(text)</p>"
    }

    /// Figures with a bar for the share of each.
    func shares(_ title: String, _ rows: [CleaningWords.Line]) -> String {
        guard !rows.isEmpty else { return "" }
        let whole = Double(rows.reduce(0) { $0 + $1.count })
        let lines = rows.map { row in
            let share = Double(row.count) / whole
            return "<tr><td>\(Self.text(row.label))</td><td class=\"number\">\(numbers.number(row.count))</td>"
                + "<td class=\"number\">\(numbers.percent(share))</td>"
                + "<td class=\"share\"><i style=\"width:\(Int((share * 100).rounded()))%\"></i></td></tr>"
        }
        return """
            <section>
            <h2>\(Self.text(title))</h2>
            <table class="shares"><tbody>
            \(lines.joined(separator: "\n"))
            </tbody></table>
            </section>
            """
    }
}
