import ArgumentParser
import Domain
import Foundation
import Pipeline
import Store

struct ContactsExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Writes the contacts into a file.",
        discussion: """
            CSV, Excel (.xlsx), vCard or JSON, in bounded memory; also beside a running server. What `puente contacts import` \
            reads of it is what is here: importing it again changes nothing. The file holds customers' data: it is readable \
            by its owner alone.

            Examples:
              puente contacts export --out contacts.csv
              puente contacts export --out fair.xlsx --label "Feria 2026"
            """)

    @Option(help: ArgumentHelp("The file; its ending tells the format.", valueName: "path"))
    var out: String

    @Option(help: "csv, xlsx, vcard or json. (default: by the file's ending, else csv)")
    var format: ContactExport.Format?

    @Option(help: ArgumentHelp("Only contacts with this label.", valueName: "label"))
    var label: String?

    @Flag(help: "Replace a file that is there already.")
    var force = false

    @Flag(help: "Write CSV for people with a spreadsheet program instead of for other programs.")
    var forSpreadsheets = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let configuration = try options.load()
        let format = format ?? Self.format(of: out) ?? .csv
        let file = try OutputFile(out, mayReplace: force, source: "")
        let count = try await CommandStore.read(configuration) { open, workspace in
            let filter = ContactExportFilter(label: label)
            var export = ContactExport(
                format, of: workspace, filter: filter, fields: try await open.store.importWords(in: workspace).fields,
                isForSpreadsheets: forSpreadsheets, store: open.store)
            while let bytes = try await export.next() { try file.write(bytes) }
            return export.count
        }
        try file.sync()
        try file.publish()
        let number = Figures(Terminal.current.language).number(count)
        Terminal.current.say(
            en: "Written: \(out), \(number) contacts.", es: "Escrito: \(out), \(number) contactos.")
    }

    private static func format(of path: String) -> ContactExport.Format? {
        let ending = URL(filePath: path).pathExtension.lowercased()
        return ContactExport.Format.allCases.first { $0.fileExtension == ending }
    }
}

extension ContactExport.Format: ExpressibleByArgument {}
