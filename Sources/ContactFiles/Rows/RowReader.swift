package import Domain

/// Gives out the rows of a file one after the other, in bounded memory. For one thread.
package final class RowReader {
    private let stream: any RowStream
    private let headingRow: Int
    private let maxRows: Int
    private var rowsRead = 0

    init(
        _ source: ByteSource, plan: ReadingPlan, limits: FileLimits, spillFolder: String, from checkpoint: Checkpoint,
        workbook: Workbook? = nil
    ) throws(PuenteError) {
        headingRow = plan.headingRow ?? 0
        maxRows = limits.rows
        switch plan.kind {
        case .delimited:
            stream = try DelimitedRows(
                source, encoding: plan.encoding, dialect: Dialect(delimiter: plan.delimiter, quote: plan.quote),
                limits: limits, from: checkpoint)
        case .excel:
            let opened =
                if let workbook { workbook } else {
                    try Workbook(source, limits: limits, spillFolder: spillFolder)
                }
            stream = try SheetRows(opened, sheet: plan.sheet, limits: limits, from: checkpoint)
        case .vCard:
            stream = try VCardRows(source, encoding: plan.encoding, limits: limits, from: checkpoint)
        case .lines:
            stream = try LooseRows(source, encoding: plan.encoding, limits: limits, from: checkpoint)
        }
    }

    /// The next row, or what is wrong with it; nil at the end. Rows that are blank are counted and left out.
    /// - Throws: when the file cannot be read any further, or has too many rows.
    package func next() throws(PuenteError) -> FileItem? {
        while let item = try stream.next() {
            guard item.number > headingRow else { continue }
            // By their numbers, which a checkpoint keeps; a line of pasted text may hold several rows.
            rowsRead += 1
            guard max(rowsRead, item.number - headingRow) <= maxRows else { throw .tooManyRows(max: maxRows) }
            return item
        }
        return nil
    }

    /// After the last row that was given out.
    package var checkpoint: Checkpoint { stream.checkpoint }

    package var progress: ReadingProgress { stream.progress }
}
