import ArgumentParser
import ContactFiles
import Domain
import PhoneNumbers
import Pipeline
import Store

struct ContactsImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Brings a file of contacts into the database.",
        discussion: """
            Reads what `puente contacts clean` reads, and compares it with the contacts that are here: first how the file is \
            read and the report, then, once you agree, the writing. All of it is one change, which `puente contacts undo` or the console puts back \
            for 30 days. With SQLite the server must not be running; with PostgreSQL it may. While it runs, administrators do \
            the same in the console, under "Imports".

            Examples:
              puente contacts import customers.xlsx --region TW --dry-run
              puente contacts import customers.xlsx --region TW --dry-run --rejected rejected.csv
              puente contacts import clientes.csv --region MX --label "Feria 2026" --map new:text=Ciudad
              puente contacts import list.csv --consent-words "I want offers by WhatsApp." --consent-source "Form, web" --yes

            Ends with 0 when the list was imported (or checked, with --dry-run); 1 when reading or writing failed or you did \
            not agree; 2 for wrong usage and for a file that is no list of contacts.
            """)

    @Argument(help: "The file with the contacts.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "The country of numbers without a country code, in rows that name none: TW, Taiwan, +886. (default: the workspace's)",
            valueName: "country"))
    var region: String?

    @Option(
        help: ArgumentHelp(
            "What a column means, for example phone=Móvil or email=C; new:text=Ciudad makes a field of your own, field:KEY=Ciudad fills one that you have.",
            valueName: "meaning=column"))
    var map: [String] = []

    @Option(help: "Who is here already: fill in what is missing, overwrite it by what the list says, or skip them.")
    var existing: ImportOptions.Existing = .fill

    @Option(help: ArgumentHelp("A label for everybody in the list; may be given several times.", valueName: "label"))
    var label: [String] = []

    @Option(help: ArgumentHelp("The words by which people agreed to marketing.", valueName: "text"))
    var consentWords: String?

    @Option(help: ArgumentHelp("Where and how they agreed.", valueName: "text"))
    var consentSource: String?

    @Option(help: "Who agreed: everybody in the list, or those whose row says so in its column.")
    var consentOf: ImportOptions.ConsentClaim.Of = .column

    @Option(help: ArgumentHelp("When they agreed, for example 2026-11-26.", valueName: "day"))
    var consentDate: String?

    @Option(
        help: ArgumentHelp(
            "Where the rows that are not taken go, as CSV in their own columns with the reason; also with --dry-run.",
            valueName: "path"))
    var rejected: String?

    @Flag(help: "Replace the file of --rejected when it is there already.")
    var force = false

    @Flag(help: "Import without asking.")
    var yes = false

    @Flag(help: "Only say what would be done.")
    var dryRun = false

    @Option(help: "The language of report and figures: en or es. (default: the terminal's)")
    var language: Language?

    @OptionGroup(title: "When the file is read wrongly") var reading: ReadingOptions
    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = language.map { Terminal.current.speaking($0) } ?? Terminal.current
        let configuration = try options.load()
        let opened = try naming(file) { try ContactFile(path: file) }
        let inspection = try naming(file) { try reading.inspect(opened) }
        let home = try ContactsCleanCommand.region(region ?? configuration.workspace.region)
        let choices = try ImportChoices(map)
        guard yes || dryRun || terminal.canAsk else { throw Self.nobodyToAsk }
        let refused = try rejected.map { try RejectedRowsFile($0, mayReplace: force, source: file) }
        try await CommandStore.write(configuration, as: "contacts import") { open, workspace in
            let words = try await open.store.importWords(in: workspace)
            let (plan, fields) = try choices.plan(inspection, words: words, region: home.code)
            let run = ImportRun(
                store: open.store, workspace: workspace, path: file, size: opened.size,
                media: configuration.mediaFolder, terminal: terminal)
            sayReading(inspection, plan, known: words.all, made: fields, on: terminal)
            let id = try await run.check(plan, try importOptions(), fields: fields)
            let isAgreed = !dryRun && (yes || terminal.isAgreed(ImportRun.question))
            if isAgreed {
                try await run.write(id)
                try await run.writeRefused(id, to: refused)
            } else {
                do {
                    try await run.writeRefused(id, to: refused)
                } catch {
                    try await run.giveUp(id)
                    throw error
                }
                try await run.giveUp(id)
                if !dryRun { throw ExitCode(CommandEnding.failed) }
            }
        }
    }

    private func sayReading(
        _ inspection: FileInspection, _ plan: ImportPlan, known: [ImportField], made: [ImportField],
        on terminal: Terminal
    ) {
        let words = ReadingWords(terminal.language)
        let columns = zip(inspection.columns, plan.columns).map { column, planned in
            ReadingWords.Column(title: column.title, use: words.use(planned.use, known: known, made: made))
        }
        terminal.print("\(file): \(words.facts(inspection).joined(separator: ", "))")
        words.lines(columns).forEach(terminal.print)
        terminal.print("")
    }

    private func importOptions() throws -> ImportOptions {
        var options = ImportOptions()
        options.existing = existing
        options.labels = label
        // Whoever says that everybody agreed is asked for the words, not ignored.
        let isAsked = consentOf == .everybody || consentWords != nil || consentSource != nil || consentDate != nil
        guard isAsked else { return options }
        if let consentDate, Timestamp(day: consentDate) == nil { throw Self.wrongDay(consentDate) }
        options.consent = ImportOptions.ConsentClaim(
            of: consentOf, words: consentWords ?? "", source: consentSource ?? "",
            at: consentDate.flatMap { Timestamp(day: $0) })
        return options
    }

    private static let nobodyToAsk = CommandFailure(
        status: CommandEnding.wrongUse,
        en: "Nobody can be asked here: look at the report with --dry-run, then import with --yes.",
        es: "Aquí no se puede preguntar a nadie: mire el informe con --dry-run y luego importe con --yes.")

    private static func wrongDay(_ written: String) -> CommandFailure {
        let shown = Quoting.clipped(written)
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "--consent-date takes a day such as 2026-11-26, not \"\(shown)\".",
            es: "--consent-date admite un día como 2026-11-26, no «\(shown)».")
    }
}

struct ContactsUndoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undo",
        abstract: "Puts an import back, up to 30 days after it.",
        discussion: """
            What was changed by others since stays as it is, and is counted. The import's id stands at the end of what \
            `puente contacts import` says, and in its address in the console. With SQLite the server must not be running.
            """)

    @Argument(help: "The import's id.")
    var id: String

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        guard let id = ImportID(id) else { throw PuenteError.noImport }
        try await CommandStore.write(try options.load(), as: "contacts undo") { open, workspace in
            guard let record = try await open.store.importRecord(id, in: workspace) else { throw PuenteError.noImport }
            guard let change = record.changeID else { throw Self.nothingWritten(record) }
            if let change = record.change { try Self.check(change, of: record, at: open.store.now()) }
            let undone = try await open.store.undo(change, in: workspace, by: ImportRun.actor(terminal))
            let figures = Figures(terminal.language)
            let (back, kept) = (figures.number(undone.undoneRows), figures.number(undone.keptRows))
            terminal.say(
                en:
                    "\(record.fileName) is undone: \(back) entries put back, \(kept) kept since they were changed later.",
                es:
                    "\(record.fileName) se deshizo: \(back) datos deshechos, \(kept) conservados porque cambiaron después."
            )
            guard undone.keptRows > 0 else { return }
            let stay = figures.number(try await open.store.keptContacts(of: change, in: workspace))
            terminal.say(
                en: "Contacts of the list that are still here, since others changed them: \(stay)",
                es: "Contactos de la lista que siguen aquí, porque otros los cambiaron: \(stay)")
        }
    }

    /// Says which of the reasons it is that an import cannot be undone.
    private static func check(_ change: ChangeSummary, of record: ImportRecord, at now: Timestamp) throws {
        switch change.state {
        case .undoing: return
        case .open: throw unfinished(record)
        case .done: guard change.isUndoable(at: now) else { throw tooLate(record) }
        case .undone: throw undoneAlready(record, change)
        }
    }

    private static func nothingWritten(_ record: ImportRecord) -> CommandFailure {
        CommandFailure(
            en: "\(record.fileName) wrote nothing: there is nothing to undo.",
            es: "\(record.fileName) no escribió nada: no hay nada que deshacer.")
    }

    private static func unfinished(_ record: ImportRecord) -> CommandFailure {
        CommandFailure(
            en: "\(record.fileName) is still being imported. Wait until it is done, or cancel it.",
            es: "\(record.fileName) aún se está importando. Espere a que termine o cancele la importación.")
    }

    private static func tooLate(_ record: ImportRecord) -> CommandFailure {
        CommandFailure(
            en: "The 30 days are over in which \(record.fileName) could be undone.",
            es: "Pasaron los 30 días en que se podía deshacer \(record.fileName).")
    }

    private static func undoneAlready(_ record: ImportRecord, _ change: ChangeSummary) -> CommandFailure {
        let who = change.undoneBy ?? "–"
        let when = (change.undoneAt ?? change.at).day
        return CommandFailure(
            en: "\(record.fileName) was undone already, on \(when) by \(who).",
            es: "\(record.fileName) ya se deshizo, el \(when), por \(who).")
    }
}

extension ImportOptions.Existing: ExpressibleByArgument {}
extension ImportOptions.ConsentClaim.Of: ExpressibleByArgument {}
