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
            reads of CSV, Excel and vCard is what is here: importing it again changes nothing. JSON is for programs and is \
            not imported. The file holds customers' data: it is readable by its owner alone, and the audit trail says that \
            it was written.

            Examples:
              puente contacts export --out contacts.csv
              puente contacts export --out fair.xlsx --label "Feria 2026"
              puente contacts export --out quiet.csv --segment "No messages since spring"
            """)

    @Option(help: ArgumentHelp("The file; its ending tells the format.", valueName: "path"))
    var out: String

    @Option(help: "csv, xlsx, vcard or json. (default: by the file's ending; csv when it has none)")
    var format: ContactExport.Format?

    @Option(help: ArgumentHelp("Only contacts with this label.", valueName: "label"))
    var label: String?

    @Option(help: ArgumentHelp("Only contacts in this segment.", valueName: "segment"))
    var segment: String?

    @Flag(help: "Replace a file that is there already.")
    var force = false

    @Flag(help: "Write CSV for people with a spreadsheet program instead of for other programs.")
    var forSpreadsheets = false

    @OptionGroup var options: ConfigurationOption

    func run() async throws {
        let terminal = Terminal.current
        let format = try format ?? Self.format(of: out)
        let configuration = try options.load()
        let file = try OutputFile(out, mayReplace: force, source: "")
        let count = try await CommandStore.read(configuration) { open, workspace in
            var export = ContactExport(
                format, of: workspace, selection: try await selection(in: open.store, workspace),
                fields: try await open.store.importWords(in: workspace).fields, isForSpreadsheets: forSpreadsheets,
                store: open.store)
            while let bytes = try await export.next() { try file.write(bytes) }
            // No file gets its name without a trace of it.
            try await open.store.note(
                .contactsExported, of: workspace.rawValue, by: ImportRun.actor(terminal), in: workspace,
                detail: ["format": format.rawValue, "count": String(export.count)])
            return export.count
        }
        try file.sync()
        try file.publish()
        let number = Figures(terminal.language).number(count)
        terminal.say(
            en: "Written: \(out), \(number) contacts.", es: "Escrito: \(out), \(number) contactos.")
    }

    private func selection(in store: Store, _ workspace: WorkspaceID) async throws -> ContactSelection {
        var conditions: [SegmentConditions] = []
        if let label {
            let name = PeopleName.folded(label)
            guard let known = try await store.labels(in: workspace).first(where: { PeopleName.folded($0.name) == name })
            else { throw Self.noLabel(label) }
            conditions.append(try SegmentConditions(.all, [.condition(.label(known.id, isSo: true))]))
        }
        if let segment {
            let name = PeopleName.folded(segment)
            guard
                let known = try await store.segments(in: workspace).first(where: { PeopleName.folded($0.name) == name })
            else { throw Self.noSegment(segment) }
            conditions.append(known.conditions)
        }
        return .matching(conditions: conditions, search: "", number: nil)
    }

    private static func noLabel(_ name: String) -> CommandFailure {
        let shown = Quoting.clipped(name)
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "There is no label \"\(shown)\".",
            es: "No existe la etiqueta «\(shown)».")
    }

    private static func noSegment(_ name: String) -> CommandFailure {
        let shown = Quoting.clipped(name)
        return CommandFailure(
            status: CommandEnding.wrongUse, en: "There is no segment \"\(shown)\".",
            es: "No existe el segmento «\(shown)».")
    }

    private static func format(of path: String) throws(CommandFailure) -> ContactExport.Format {
        let ending = URL(filePath: path).pathExtension.lowercased()
        guard !ending.isEmpty else { return .csv }
        guard let format = ContactExport.Format.allCases.first(where: { $0.fileExtension == ending }) else {
            throw unknownEnding(ending)
        }
        return format
    }

    private static func unknownEnding(_ ending: String) -> CommandFailure {
        let shown = Quoting.clipped(ending)
        let known = ContactExport.Format.allCases.map { ".\($0.fileExtension)" }.joined(separator: ", ")
        return CommandFailure(
            status: CommandEnding.wrongUse,
            en:
                "No format is written to files ending in .\(shown). The known endings are \(known); for another, say --format.",
            es:
                "Ningún formato se escribe en archivos terminados en .\(shown). Las terminaciones conocidas son \(known); con otra, indique --format."
        )
    }
}

extension ContactExport.Format: ExpressibleByArgument {}
