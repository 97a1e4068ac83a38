internal import Domain

/// The rows of one sheet of a workbook.
final class SheetRows: RowStream {
    private let part: ZipPart
    private let scanner: XMLScanner
    private let reader: SheetReader
    private let workbook: Workbook
    private let firstRow: Int
    private var rowNumber: Int

    /// - Parameter checkpoint: rows up to its own are passed over.
    init(_ workbook: Workbook, sheet: Int, limits: FileLimits, from checkpoint: Checkpoint) throws(PuenteError) {
        self.workbook = workbook
        firstRow = checkpoint.row + 1
        rowNumber = checkpoint.row
        part = try workbook.part(of: sheet)
        reader = SheetReader(workbook, limits: limits, firstRow: firstRow)
        scanner = try XMLScanner(part, reader)
    }

    var checkpoint: Checkpoint { Checkpoint(row: rowNumber, line: 0, byte: 0) }

    var progress: ReadingProgress {
        ReadingProgress(bytesRead: scanner.packedBytesRead, bytesInAll: part.packedBytes)
    }

    func next() throws(PuenteError) -> FileItem? {
        while true {
            if let item = reader.take() {
                rowNumber = item.number
                return item
            }
            guard try scanner.advance() || reader.hasItems else { return nil }
        }
    }
}
