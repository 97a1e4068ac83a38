internal import Domain

/// The rows of a CSV or TSV file.
final class DelimitedRows: RowStream {
    private let dialect: Dialect
    private let limits: FileLimits
    private var lines: TextLines
    private var parser: RecordParser
    private var rowNumber: Int

    init(
        _ source: ByteSource, encoding: TextEncoding, dialect: Dialect, limits: FileLimits, from checkpoint: Checkpoint
    ) throws(PuenteError) {
        self.dialect = dialect
        self.limits = limits
        let isFresh = checkpoint.byte == 0
        lines = try TextLines(
            source, encoding: encoding, limits: limits,
            from: isFresh ? nil : LineReader.Position(byte: checkpoint.byte, line: checkpoint.line))
        parser = RecordParser(dialect, limits: limits)
        rowNumber = checkpoint.row
        if isFresh { try passOverHint() }
    }

    var checkpoint: Checkpoint {
        Checkpoint(row: rowNumber, line: lines.position.line, byte: lines.position.byte)
    }

    var progress: ReadingProgress {
        ReadingProgress(bytesRead: lines.position.byte, bytesInAll: lines.size)
    }

    func next() throws(PuenteError) -> FileItem? {
        while true {
            let start = lines.position
            let outcome = try lines.next()
            guard outcome != .end else { return nil }
            rowNumber += 1
            parser.begin()
            if outcome == .cut {
                _ = parser.feed(lines.text)
                return fault(.rowTooLong(maxBytes: limits.rowBytes), at: start, cells: cut(parser.cells()))
            }
            if let item = try row(from: start) { return item }
        }
    }

    /// The row that begins with the line just read; nil when it is blank.
    private func row(from start: LineReader.Position) throws(PuenteError) -> FileItem? {
        var wrong = lines.fault
        var isComplete = parser.feed(lines.text)
        if !isComplete {
            let first = (text: lines.text, end: lines.position)
            var passed = PassedLines(delimiter: dialect.delimiter)
            while !isComplete {
                guard lines.position.byte - start.byte <= limits.quotedBytes, try lines.next() == .line else {
                    return unbalanced(first.text, from: start, to: first.end)
                }
                wrong = wrong ?? lines.fault
                isComplete = parser.feed(lines.text)
                if !isComplete { passed.count(lines.text) }
            }
            // A mark in a later line that closes nothing: it opens a cell there, and the first mark was none. Nor was it
            // one when rows stand before the next.
            if parser.hasStrayQuote || isTooLong && passed.lookLikeRows {
                return unbalanced(first.text, from: start, to: first.end)
            }
        }
        if parser.isEmpty { return nil }
        return item(from: start, wrong: wrong)
    }

    private func item(from start: LineReader.Position, wrong: RowFault.Kind?) -> FileItem? {
        let cells = parser.cells()
        if parser.hasTooManyCells { return fault(.tooManyCells(max: limits.columns), at: start, cells: cut(cells)) }
        if parser.byteCount > limits.rowBytes {
            return fault(.rowTooLong(maxBytes: limits.rowBytes), at: start, cells: cut(cells))
        }
        if parser.hasTooLongCell {
            return fault(.cellTooLong(maxBytes: limits.cellBytes), at: start, cells: cut(cells))
        }
        if let wrong { return fault(wrong, at: start, cells: cells) }
        if parser.hasNUL { return fault(.nulByte, at: start, cells: cells) }
        let row = FileRow(
            number: rowNumber, line: start.line + 1, cells: cells, remark: parser.hasStrayQuote ? .strayQuote : nil)
        return row.isBlank ? nil : .row(row)
    }

    private var isTooLong: Bool { parser.hasTooLongCell || parser.byteCount > limits.rowBytes }

    /// Nothing closed the quotation mark: it was none. Goes on behind the line it stands in.
    /// No part of a file is passed twice in this way: a line that opens a mark ends the search of the one before it.
    private func unbalanced(
        _ text: [UInt8], from start: LineReader.Position, to end: LineReader.Position
    ) -> FileItem {
        lines.move(to: end)
        var bare = RecordParser(Dialect(delimiter: dialect.delimiter, quote: .none), limits: limits)
        _ = bare.feed(text)
        return fault(.unbalancedQuote, at: start, cells: cut(bare.cells()))
    }

    private func fault(_ kind: RowFault.Kind, at start: LineReader.Position, cells: [String]) -> FileItem {
        .fault(RowFault(number: rowNumber, line: start.line + 1, kind: kind, cells: cells))
    }

    /// A first line such as `sep=;` tells a spreadsheet program the delimiter and is no row.
    private func passOverHint() throws(PuenteError) {
        let start = lines.position
        guard try lines.next() == .line, DelimiterHint(lines.text) != nil else {
            lines.move(to: start)
            return
        }
        rowNumber = 1
    }
}

/// Cells short enough to show why the row was rejected.
func cut(_ cells: [String], to maxCharacters: Int = 500) -> [String] {
    cells.map { $0.utf8.count > maxCharacters ? String($0.prefix(maxCharacters)) + "…" : $0 }
}
