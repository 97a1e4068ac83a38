/// A row that could not be read as it stands. The rows around it are not touched by it.
package struct RowFault: Equatable, Sendable {
    package enum Kind: Equatable, Sendable {
        /// A quotation mark opens in this row and nothing closes it.
        case unbalancedQuote
        case rowTooLong(maxBytes: Int)
        case tooManyCells(max: Int)
        case cellTooLong(maxBytes: Int)
        /// U+0000, which no contact has and no database keeps.
        case nulByte
        /// Bytes that mean nothing in the file's encoding.
        case notIn(TextEncoding)
        /// The line is whole in another encoding than the file's.
        case writtenIn(TextEncoding, fileIn: TextEncoding)
        /// A vCard that begins and never ends.
        case unfinishedCard
    }

    /// As ``FileRow/number``.
    package let number: Int
    /// As ``FileRow/line``.
    package let line: Int?
    package let kind: Kind
    /// What could be read of it, for the file of rejected rows: U+FFFD for what could not, cut where it was too long.
    package let cells: [String]

    package init(number: Int, line: Int?, kind: Kind, cells: [String]) {
        self.number = number
        self.line = line
        self.kind = kind
        self.cells = cells
    }
}

/// What a file yields, in its order.
package enum FileItem: Equatable, Sendable {
    case row(FileRow)
    case fault(RowFault)

    package var number: Int {
        switch self {
        case .row(let row): row.number
        case .fault(let fault): fault.number
        }
    }

    package var cells: [String] {
        switch self {
        case .row(let row): row.cells
        case .fault(let fault): fault.cells
        }
    }
}
