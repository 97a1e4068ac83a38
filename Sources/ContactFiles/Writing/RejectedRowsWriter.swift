package import Domain

/// Writes the rows that were rejected to a file: see ``RejectedRowCells``.
package final class RejectedRowsWriter {
    private let writer: CSVWriter
    private let cells: RejectedRowCells
    private let language: Language

    /// Writes the headings.
    /// - Parameters:
    ///   - headings: as ``RejectedRowCells/init(headings:language:)``.
    ///   - descriptor: as ``CSVWriter/init(_:style:)``.
    ///   - style: best with the file's own delimiter, which the person's spreadsheet program knows how to open.
    package init(
        headings: [String], language: Language, to descriptor: Int32, style: CSVStyle = .spreadsheet
    ) throws(PuenteError) {
        writer = CSVWriter(descriptor, style: style)
        cells = RejectedRowCells(headings: headings, language: language)
        self.language = language
        try writer.write(cells.headings)
    }

    package func write(_ item: FileItem, reason: LocalizedText) throws(PuenteError) {
        try writer.write(cells.row(item.cells, number: item.number, reason: reason[language]))
    }

    package func flush() throws(PuenteError) {
        try writer.flush()
    }
}
