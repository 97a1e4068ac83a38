import ArgumentParser
import ContactFiles
import Domain

/// How a file is read where the detection errs.
struct ReadingOptions: ParsableArguments {
    @Option(help: "The file's encoding.")
    var encoding: TextEncoding?

    @Option(help: ArgumentHelp("What stands between the cells: , ; | or tab.", valueName: "character"))
    var delimiter: Delimiter?

    @Option(help: ArgumentHelp("The row with the headings, counted from 1; 0 when there is none.", valueName: "row"))
    var headingRow: Int?

    @Option(help: ArgumentHelp("A workbook's sheet: its name, or its number counted from 1.", valueName: "sheet"))
    var sheet: String?

    func validate() throws {
        if let headingRow, headingRow < 0 { throw ValidationError("--heading-row takes a row's number, or 0.") }
    }

    /// What the file is, read as the options say.
    func inspect(_ file: ContactFile) throws -> FileInspection {
        var choices = ReadingChoices()
        choices.encoding = encoding
        choices.delimiter = delimiter
        choices.headings = headingRow.map { $0 == 0 ? ReadingChoices.Headings.none : .row($0) }
        guard let sheet else { return try file.inspect(choices) }
        choices.sheet = try index(of: sheet, among: try file.sheets())
        return try file.inspect(choices)
    }

    private func index(of sheet: String, among sheets: [FileInspection.Sheet]) throws -> Int {
        let index = sheets.firstIndex { $0.name == sheet } ?? Int(sheet).map { $0 - 1 }
        if let index, sheets.indices.contains(index) { return index }
        let names = sheets.isEmpty ? "–" : sheets.map { Quoting.clipped($0.name) }.joined(separator: ", ")
        let shown = Quoting.clipped(sheet)
        throw CommandFailure(
            status: CommandEnding.wrongUse, en: "There is no sheet \"\(shown)\"; the file's sheets are: \(names).",
            es: "No hay ninguna hoja «\(shown)»; las hojas del archivo son: \(names).")
    }
}

extension TextEncoding: ExpressibleByArgument {}

extension Delimiter: ExpressibleByArgument {
    package init?(argument: String) {
        self.init(rawValue: argument == "tab" ? "\t" : argument)
    }

    package static var allValueStrings: [String] { [",", ";", "tab", "|"] }
}
