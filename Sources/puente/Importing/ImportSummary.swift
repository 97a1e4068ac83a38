import Domain
import Store

/// What the check of a list found, as lines for a terminal.
struct ImportSummary {
    private let report: ImportReport
    private let terminal: Terminal
    private let figures: Figures

    init(_ report: ImportReport, _ terminal: Terminal) {
        self.report = report
        self.terminal = terminal
        figures = Figures(terminal.language)
    }

    func say() {
        table([
            (words("Rows read", "Filas leídas"), report.rows), (words("New contacts", "Contactos nuevos"), report.new),
            (words("Filled in", "Se completan"), report.fills), (words("Changed", "Cambian"), report.changes),
            (words("Nothing new", "Nada nuevo"), report.same), (words("Left as they are", "Se quedan"), report.kept),
            (words("Duplicates", "Duplicadas"), report.duplicates), (words("Rejected", "Rechazadas"), report.rejected),
        ])
        terminal.print("")
        table([
            (words("Opted out, here or by the list", "De baja, ya aquí o por la lista"), report.optedOut),
            (words("Without consent to marketing", "Sin consentimiento para publicidad"), report.withoutConsent),
            (words("Not reachable", "No localizables"), report.dead),
            (words("Erased", "Borrados"), report.erased),
            (words("Consents to be recorded", "Consentimientos por anotar"), report.consents),
            (words("Opt-outs to be recorded", "Bajas por anotar"), report.withdrawals),
        ])
        say(words("Rejected", "Rechazadas"), report.rejections)
        say(words("Duplicates", "Duplicadas"), report.duplicateTallies)
        say(words("Worth a look", "Conviene mirar"), report.marks)
        say(words("New labels", "Etiquetas nuevas"), report.newLabels)
        say(words("New fields", "Campos nuevos"), report.newFields)
        if let obstacle = report.obstacle { terminal.complain(obstacle) }
    }

    /// After the writing.
    static func say(_ record: ImportRecord, on terminal: Terminal) {
        let figures = Figures(terminal.language)
        let result = record.result ?? ImportResult()
        let (new, changed) = (figures.number(result.new), figures.number(result.fills + result.changes))
        guard result.written > 0 else {
            return terminal.say(
                en: "Nothing had to be changed: all of it was known.", es: "No hubo que cambiar nada: ya se sabía todo."
            )
        }
        terminal.say(
            en: "Imported: \(new) new \(result.new == 1 ? "contact" : "contacts"), \(changed) changed.",
            es: "Importado: \(new) \(result.new == 1 ? "contacto nuevo" : "contactos nuevos"), \(changed) "
                + "\(result.fills + result.changes == 1 ? "cambiado" : "cambiados").")
        terminal.say(
            en: "To undo it within 30 days: puente contacts undo \(record.id)",
            es: "Para deshacerlo en 30 días: puente contacts undo \(record.id)")
    }

    private func words(_ en: String, _ es: String) -> String { terminal.language == .spanish ? es : en }

    private func table(_ lines: [(String, Int)]) {
        let counts = lines.map { figures.number($0.1) }
        let width = counts.map(\.count).max() ?? 0
        let cells = zip(lines, counts).map { line, count in
            [line.0, String(repeating: " ", count: width - count.count) + count]
        }
        TextTable.lines(cells).forEach(terminal.print)
    }

    private func say(_ title: String, _ tallies: [ImportReport.Tally]) {
        guard !tallies.isEmpty else { return }
        terminal.print("")
        terminal.print("\(title):")
        let counts = tallies.map { figures.number($0.count) }
        let width = counts.map(\.count).max() ?? 0
        for (tally, count) in zip(tallies, counts) {
            let padding = String(repeating: " ", count: width - count.count)
            terminal.print("  \(padding)\(count)  \(tally.title[terminal.language])")
        }
    }

    private func say(_ title: String, _ names: [String]) {
        guard !names.isEmpty else { return }
        let shown = names.prefix(20).map { Quoting.clipped($0) }.joined(separator: ", ")
        terminal.print("")
        terminal.print("\(title): \(shown)\(names.count > 20 ? ", …" : "")")
    }
}

/// How far an import is, in a line that replaces the one before.
struct ImportProgressLine: Sendable {
    private let state: ImportState

    init(_ state: ImportState) {
        self.state = state
    }

    func text(_ rows: Int, _ pace: ImportPace) -> LocalizedText {
        LocalizedText(en: line(rows, pace, .english), es: line(rows, pace, .spanish))
    }

    private func line(_ rows: Int, _ pace: ImportPace, _ language: Language) -> String {
        let figures = Figures(language)
        let isChecking = state == .checking
        let verb =
            language == .spanish ? (isChecking ? "Revisando" : "Importando") : (isChecking ? "Checking" : "Importing")
        let word = language == .spanish ? "filas" : "rows"
        var parts = ["\(verb): \(figures.number(rows)) \(word)", figures.percent(pace.share)]
        if pace.rate > 0 { parts.append("\(figures.number(Int(pace.rate))) \(word)/s") }
        if let left = pace.left {
            let seconds = Int(left.components.seconds) + 1
            let span = seconds < 60 ? "\(seconds) s" : "\(seconds / 60) min \(seconds % 60) s"
            parts.append(language == .spanish ? "quedan \(span)" : "\(span) left")
        }
        return parts.joined(separator: " · ")
    }
}
