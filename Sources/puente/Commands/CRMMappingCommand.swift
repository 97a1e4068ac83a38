import ArgumentParser
import Console
import Domain
import Pipeline
import Store

struct CRMMappingCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mapping",
        abstract: "Shows and changes which field here is which field in a CRM.",
        discussion: """
            The same as Connections, Fields in the console: docs/crm/mapping.md. Showing, exporting and trying may run beside \
            the server. With SQLite the server must not be running for what changes the mapping (use the console or the API \
            then); with PostgreSQL it may.
            """,
        subcommands: [
            CRMMappingShowCommand.self, CRMMappingExportCommand.self, CRMMappingImportCommand.self,
            CRMMappingTryCommand.self, CRMMappingResetCommand.self,
        ])
}

struct CRMMappingShowCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints the rows, and what does not fit.",
        discussion: """
            Each row: its number, on or off, Puente's field, the direction, the CRM's field, rule and transforms by the words \
            of the file. Ends with 0 when it is shown, whether all fits or not: "puente check crm" judges.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Flag(help: "Do not ask the CRM: only Puente's side is looked at.")
    var offline = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let configuration = try options.load()
        try await CommandStore.read(configuration) { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                guard let kept = work.kept else { return terminal.say(Self.nothing(work.crm)) }
                let fields = offline ? nil : await work.fields()
                terminal.say(Self.head(kept, work.crm, Figures(terminal.language)))
                if let trouble = fields?.trouble { terminal.complain(Self.unasked(work.crm, trouble)) }
                terminal.show(work.table(of: kept.mapping, beside: fields))
            }
        }
    }

    private static func head(_ kept: KeptMapping, _ crm: String, _ figures: Figures) -> LocalizedText {
        let rows = kept.mapping.rows
        let (all, used) = (figures.number(rows.count), figures.number(rows.count { $0.isOn }))
        let (time, who) = (figures.time(kept.updatedAt), Quoting.clipped(kept.updatedBy))
        return LocalizedText(
            en: "\(crm): \(all) rows, \(used) in use; last changed \(time) by \(who).",
            es: "\(crm): \(all) filas, \(used) en uso; último cambio \(time) por \(who).")
    }

    private static func nothing(_ crm: String) -> LocalizedText {
        LocalizedText(
            en: "Nothing is mapped to \(crm) yet: the server maps the usual fields when it first reaches it.",
            es:
                "Aún no hay campos relacionados con \(crm): el servidor relaciona los habituales cuando lo alcanza por primera vez."
        )
    }

    private static func unasked(_ crm: String, _ why: LocalizedText) -> LocalizedText {
        LocalizedText(
            en: "\(crm) could not be asked, so only Puente's side is looked at: \(why.en)",
            es: "No se pudo consultar \(crm), así que solo se mira el lado de Puente: \(why.es)")
    }
}

struct CRMMappingExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the mapping as YAML.",
        discussion: """
            What `puente crm mapping import` reads of it is what is here. Asks no CRM.

            Examples:
              puente crm mapping export hubspot > hubspot.yaml
              puente crm mapping export hubspot --out hubspot.yaml
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Option(help: ArgumentHelp("The file, instead of standard output.", valueName: "path"))
    var out: String?

    @Flag(help: "Replace a file that is there already.")
    var force = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let configuration = try options.load()
        let file = try out.map { try OutputFile($0, mayReplace: force, source: "") }
        try await CommandStore.read(configuration) { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                let text = MappingFile(connection: work.account.slug).text(of: work.mapping) {
                    work.vocabulary.title(of: $0)[terminal.language]
                }
                guard let file else { return terminal.print(TextFile.withoutTrailingNewlines(text)) }
                try file.write(text)
            }
        }
        guard let file else { return }
        try file.sync()
        try file.publish()
        terminal.say(en: "Written: \(file.path)", es: "Escrito: \(file.path)")
    }
}

struct CRMMappingResetCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Takes the mapping that fits the CRM's kind in place of what is there.",
        discussion: """
            Rows that the account cannot hold are there and switched off. The CRM is asked for its fields. Export what is \
            there first, if you may want it back.

            Ends with 0 when it is done or shown; 1 when it is not, or you did not agree; 2 for wrong usage, also where nobody \
            can be asked and --yes is missing.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @OptionGroup var replacing: MappingReplacement

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        try replacing.requireSomebody(at: terminal)
        let configuration = try options.load()
        try await replacing.change(configuration, as: "crm mapping reset") { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                let standard = try await work.standard()
                terminal.show(work.table(of: standard, beside: nil))
                try await work.replace(by: standard, replacing, on: terminal)
            }
        }
    }
}
