/// One row of a file, in the file's own columns and writing: nothing is trimmed, joined or understood.
package struct FileRow: Equatable, Sendable {
    /// As a spreadsheet shows it: counted from 1, empty rows and the headings included. For vCards the card, for pasted
    /// text the line.
    package let number: Int
    /// The line of text at which the row begins, counted from 1; nil in workbooks, which have no lines.
    package let line: Int?
    /// From the first column on; rows may have fewer cells than there are columns, or more.
    package let cells: [String]
    /// What a person should look at, though the row was read.
    package let remark: RowRemark?

    package init(number: Int, line: Int?, cells: [String], remark: RowRemark? = nil) {
        self.number = number
        self.line = line
        self.cells = cells
        self.remark = remark
    }

    /// The cell of a column, counted from 0; empty where the row ends before it.
    package subscript(column: Int) -> String {
        cells.indices.contains(column) ? cells[column] : ""
    }

    var isBlank: Bool { cells.allSatisfy(\.isBlank) }
}

extension String {
    /// No characters, or nothing but spaces of any kind.
    var isBlank: Bool { unicodeScalars.allSatisfy { $0.properties.isWhitespace || $0 == "\u{FEFF}" } }
}
