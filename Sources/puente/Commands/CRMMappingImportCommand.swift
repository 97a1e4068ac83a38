import ArgumentParser
import Domain
import Pipeline
import Store

struct CRMMappingImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Reads a mapping from YAML in place of what is there.",
        discussion: """
            The rows are shown and held against both sides first: the CRM is asked for its fields. A row that does not fit \
            stops all of it, unless you have such rows switched off. All contacts are compared anew afterwards.

            Examples:
              puente crm mapping import hubspot hubspot.yaml --dry-run
              puente crm mapping import hubspot hubspot.yaml --switch-off --yes

            Ends with 0 when it is imported, or could be; 1 when a row does not fit, the CRM cannot be asked, or you did not \
            agree; 2 for wrong usage, or a file that is no mapping.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Flag(help: "Only show what would be imported.")
    var dryRun = false

    @Flag(help: "Switch rows off that do not fit, instead of stopping.")
    var switchOff = false

    @Flag(help: "Do not ask the CRM: only Puente's side is checked.")
    var offline = false

    @Flag(help: "Import without asking.")
    var yes = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        try terminal.requireSomebody(unless: yes || dryRun)
        let configuration = try options.load()
        let mapping = try MappingText.read(file, on: terminal)
        try await CommandStore.changing(configuration, as: "crm mapping import", unless: dryRun) { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                let table = work.table(of: mapping, beside: try await fields(of: work))
                terminal.show(switchOff ? table.switchedOff : table)
                guard table.fits || switchOff else { throw Self.doesNotFit }
                try await work.replace(by: table.fitting, dryRun: dryRun, yes: yes, on: terminal)
            }
        }
    }

    private func fields(of work: MappingWork) async throws -> AccountFields? {
        if offline { return nil }
        let fields = await work.fields()
        if let trouble = fields.trouble { throw Self.unasked(work.crm, trouble) }
        return fields
    }

    private static let doesNotFit = CommandFailure(
        en: "Nothing was written. Mend these rows, or switch them off with --switch-off.",
        es: "No se escribió nada. Corrija esas filas, o desactívelas con --switch-off.")

    private static func unasked(_ crm: String, _ why: LocalizedText) -> CommandFailure {
        CommandFailure(
            en: "\(crm) cannot be asked: \(why.en) With --offline only Puente's side is checked.",
            es: "No se puede consultar \(crm): \(why.es) Con --offline solo se comprueba el lado de Puente.")
    }
}

extension MappingWork {
    /// Puts a mapping that was just shown in place of what is kept.
    /// - Throws: `ExitCode` when the person does not agree.
    func replace(by mapping: FieldMapping, dryRun: Bool, yes: Bool, on terminal: Terminal) async throws {
        if mapping == kept?.mapping {
            return terminal.say(en: "This is what is mapped already.", es: "Es lo que ya está relacionado.")
        }
        if dryRun { return terminal.say(en: "Nothing was written.", es: "No se escribió nada.") }
        guard yes || terminal.isAgreed(question) else { throw ExitCode(CommandEnding.failed) }
        try await save(mapping, by: terminal)
        terminal.say(
            en: "\(crm): it counts from now on; all contacts are compared anew while the server runs.",
            es: "\(crm): vale desde ahora; todos los contactos se comparan de nuevo mientras el servidor funciona.")
    }

    private var question: LocalizedText {
        let rows = mapping.rows.count
        return LocalizedText(
            en: "Take this mapping for \(crm) in place of the \(rows) rows that are there? [y/N]",
            es: "¿Usar esta correspondencia para \(crm) en lugar de las \(rows) filas actuales? [s/N]")
    }
}

extension CommandStore {
    /// To write; to read where nothing will be written, which may run beside the server.
    static func changing(
        _ configuration: Configuration, as command: String, unless dryRun: Bool,
        _ body: (OpenStore, WorkspaceID) async throws -> Void
    ) async throws {
        if dryRun {
            try await read(configuration, body)
        } else {
            try await write(configuration, as: command, body)
        }
    }
}

extension Terminal {
    /// - Throws: `CommandFailure` where nobody can be asked, and somebody must be.
    func requireSomebody(unless isAnswered: Bool) throws {
        guard isAnswered || canAsk else {
            throw CommandFailure(
                status: CommandEnding.wrongUse,
                en: "Nobody can be asked here: look at the rows with --dry-run, then say --yes.",
                es: "Aquí no se puede preguntar a nadie: mire las filas con --dry-run y luego use --yes.")
        }
    }

    /// The rows, then what does not fit.
    func show(_ table: MappingTable) {
        table.lines(language).forEach { print($0) }
        let faults = table.faults(language)
        guard !faults.isEmpty else { return }
        complain(LocalizedText(en: "What does not fit:", es: "Lo que no encaja:"))
        for fault in faults { complain(.same(fault)) }
    }
}
