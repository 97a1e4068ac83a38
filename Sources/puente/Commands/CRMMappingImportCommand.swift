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
            agree; 2 for wrong usage (also where nobody can be asked and --yes is missing), or a file that is no mapping.
            """)

    @Argument(help: "The connection's name, as in the configuration.")
    var name: String

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Flag(help: "Switch rows off that do not fit, instead of stopping.")
    var switchOff = false

    @Flag(help: "Do not ask the CRM: only Puente's side is checked.")
    var offline = false

    @OptionGroup var replacing: MappingReplacement

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let configuration = try options.load()
        let mapping = try MappingText.read(file, on: terminal)
        try replacing.requireSomebody(at: terminal)
        try await replacing.change(configuration, as: "crm mapping import") { open, workspace in
            try await MappingWork.run(on: name, configuration, open, in: workspace) { work in
                let table = work.table(of: mapping, beside: try await fields(of: work))
                terminal.show(switchOff ? table.switchedOff : table)
                guard table.fits || switchOff else { throw Self.doesNotFit }
                try await work.replace(by: table.fitting, replacing, on: terminal)
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
