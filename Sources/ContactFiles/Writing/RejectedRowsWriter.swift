package import Domain

/// Writes the rows that were rejected, in the file's own columns, with where they were and why, so that a person can
/// mend them there and import the file again.
package final class RejectedRowsWriter {
    private let writer: CSVWriter
    private let columnCount: Int
    private let language: Language

    /// Writes the headings.
    /// - Parameters:
    ///   - headings: the file's own; empty ones get a letter, as spreadsheets name columns.
    ///   - descriptor: as ``CSVWriter/init(_:style:)``.
    ///   - style: best with the file's own delimiter, which the person's spreadsheet program knows how to open.
    package init(
        headings: [String], language: Language, to descriptor: Int32, style: CSVStyle = .spreadsheet
    ) throws(PuenteError) {
        writer = CSVWriter(descriptor, style: style)
        columnCount = headings.count
        self.language = language
        let own = headings.enumerated().map { $0.element.isBlank ? FileColumn.letter($0.offset) : $0.element }
        try writer.write(own + [Self.rowHeading[language], Self.reasonHeading[language]])
    }

    package func write(_ item: FileItem, reason: LocalizedText) throws(PuenteError) {
        let cells = item.cells.prefix(columnCount) + Array(repeating: "", count: max(0, columnCount - item.cells.count))
        // Cells beyond the last column would push the reason out of its column.
        let surplus = item.cells.dropFirst(columnCount).filter { !$0.isBlank }
        let extra = surplus.isEmpty ? "" : " [\(surplus.joined(separator: " | "))]"
        try writer.write(cells + [String(item.number), reason[language] + extra])
    }

    package func flush() throws(PuenteError) {
        try writer.flush()
    }

    private static let rowHeading = LocalizedText(en: "Row", es: "Fila")
    private static let reasonHeading = LocalizedText(en: "Reason for rejection", es: "Motivo del rechazo")
}
