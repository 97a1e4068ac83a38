import ArgumentParser
import ContactFiles
import Crypto
import Domain
import Foundation
import PhoneNumbers
import Pipeline

struct ContactsCleanCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "clean",
        abstract: "Says what is wrong with a file of contacts, and writes it clean.",
        discussion: """
            Reads CSV, TSV, Excel (.xlsx), vCard and pasted lists. Needs no server, no database and no configuration, and \
            writes nothing but the files named by --out, --rejected and --report. Each of them appears whole at the end, \
            or not at all.

            Examples:
              puente contacts clean customers.xlsx --region TW
              puente contacts clean clientes.csv --region MX --out clean.csv --rejected rejected.csv --report report.html
              puente contacts clean lista.csv --region ES --map phone=Móvil --map name=Cliente --language es

            Ends with 0 when the file was read to its end, whatever was found in it; 1 when reading or writing failed; 2 \
            for wrong usage and for a file that is no list of contacts.
            """)

    @Argument(help: "The file with the contacts.")
    var file: String

    @Option(
        help: ArgumentHelp(
            "The country of numbers without a country code, in rows that name none: TW, Taiwan, +886.",
            valueName: "country"))
    var region: String?

    @Option(help: ArgumentHelp("Where the clean contacts go, as CSV.", valueName: "path"))
    var out: String?

    @Option(
        help: ArgumentHelp(
            "Where rejected rows and duplicates go, as CSV in their own columns with the reason.", valueName: "path"))
    var rejected: String?

    @Option(help: ArgumentHelp("Where the report goes, as one HTML file.", valueName: "path"))
    var report: String?

    @Option(
        help: ArgumentHelp(
            "What a column means, for example phone=Móvil or email=C; once for each column.",
            valueName: "meaning=column"))
    var map: [String] = []

    @Option(help: "The language of reasons, report and figures: en or es. (default: the terminal's)")
    var language: Language?

    @Flag(help: "Replace files that are there already.")
    var force = false

    @Flag(help: "Write the clean file for people with a spreadsheet program instead of for other programs.")
    var forSpreadsheets = false

    @OptionGroup(title: "When the file is read wrongly") var reading: ReadingOptions

    func run() throws {
        let terminal = language.map { Terminal.current.speaking($0) } ?? Terminal.current
        do {
            try clean(terminal)
        } catch {
            // In the language that was asked for, which the caller does not know.
            guard let ending = CommandEnding(error) else { throw error }
            if let complaint = ending.complaint { terminal.complain(complaint) }
            throw ExitCode(ending.status)
        }
    }

    private func clean(_ terminal: Terminal) throws {
        let home = try region.map(Self.region)
        let choices = try ColumnChoices(map)
        let chosen = try openFile(choices)
        let outputs = try CleaningOutputs(
            clean: out, rejected: rejected, report: report, of: chosen,
            options: .init(mayReplace: force, isForSpreadsheets: forSpreadsheets, language: terminal.language))
        let run = try naming(file) {
            CleaningRun(
                try chosen.file.rows(chosen.inspection.plan),
                by: ContactCleaner(chosen.mapping, region: home, key: SymmetricKey(size: .bits256)))
        }
        // Until the files have their names: otherwise drafts would stay behind.
        let interruption = Interruption()
        defer { interruption.end() }
        let started = ContinuousClock.now
        try CleaningLoop(run, outputs, terminal, file: file).finish(since: started, unless: interruption)
        let result = CleaningResult(
            source: chosen, region: home, figures: run.figures, made: .now, elapsed: started.duration(to: .now))
        try outputs.publish(result)
        CleaningSummary(result, outputs).say(on: terminal)
    }

    private func openFile(_ choices: ColumnChoices) throws -> CleaningSource {
        try naming(file) {
            let opened = try ContactFile(path: file)
            let inspection = try reading.inspect(opened)
            return CleaningSource(
                path: file, file: opened, inspection: inspection, mapping: try choices.mapping(inspection.columns))
        }
    }

    static func region(_ written: String) throws -> PhoneRegion {
        guard let region = PhoneRegion(written) else {
            let shown = Quoting.clipped(written)
            throw CommandFailure(
                status: CommandEnding.wrongUse,
                en: "--region takes a country such as TW, Taiwan or +886, not \"\(shown)\".",
                es: "--region admite un país como TW, Taiwán o +886, no «\(shown)».")
        }
        return region
    }
}

/// Puts the file's name before the sentence of whatever is wrong with it.
func naming<Value>(_ file: String, _ work: () throws -> Value) throws -> Value {
    do {
        return try work()
    } catch let error as PuenteError {
        throw PuenteError(
            error.code, detail: error.detail, en: "\(file): \(error.message.en)", es: "\(file): \(error.message.es)")
    }
}

extension Language: ExpressibleByArgument {}
