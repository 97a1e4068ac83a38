internal import Domain

/// The persons in a text without columns: a row for each, of name, phone and e-mail.
final class LooseRows: RowStream {
    static let headings: [(heading: String, meaning: ColumnMeaning)] = [
        ("Name", .name), ("Phone", .phone), ("E-mail", .email),
    ]

    /// A longer line is prose, or no text at all.
    private static let maxPersonBytes = 4000

    private let limits: FileLimits
    private var lines: TextLines
    /// The persons of the line last read, and how many of them were given out.
    private var items: [FileItem] = []
    private var taken = 0
    private var lineStart: LineReader.Position

    init(
        _ source: ByteSource, encoding: TextEncoding, limits: FileLimits, from checkpoint: Checkpoint
    ) throws(PuenteError) {
        self.limits = limits
        lines = try TextLines(
            source, encoding: encoding, limits: limits,
            from: checkpoint.byte == 0 ? nil : LineReader.Position(byte: checkpoint.byte, line: checkpoint.line))
        lineStart = lines.position
        if checkpoint.taken > 0 {
            try readLine()
            taken = checkpoint.taken
        }
    }

    var checkpoint: Checkpoint {
        let isWhole = taken >= items.count
        let place = isWhole ? lines.position : lineStart
        return Checkpoint(row: place.line, line: place.line, byte: place.byte, taken: isWhole ? 0 : taken)
    }

    var progress: ReadingProgress {
        ReadingProgress(bytesRead: lines.position.byte, bytesInAll: lines.size)
    }

    func next() throws(PuenteError) -> FileItem? {
        while taken >= items.count {
            guard try readLine() else { return nil }
        }
        taken += 1
        return items[taken - 1]
    }

    @discardableResult
    private func readLine() throws(PuenteError) -> Bool {
        lineStart = lines.position
        taken = 0
        let outcome = try lines.next()
        items = outcome == .end ? [] : found(outcome, number: lineStart.line + 1)
        return outcome != .end
    }

    private func found(_ outcome: LineReader.Outcome, number: Int) -> [FileItem] {
        let text = String(decoding: lines.text, as: UTF8.self).trimmed
        func fault(_ kind: RowFault.Kind) -> [FileItem] {
            [.fault(RowFault(number: number, line: number, kind: kind, cells: cut([text])))]
        }
        if outcome == .cut { return fault(.rowTooLong(maxBytes: limits.rowBytes)) }
        if let wrong = lines.fault { return fault(wrong) }
        if lines.text.contains(0) { return fault(.nulByte) }
        guard !text.isBlank else { return [] }
        guard let persons = LooseLine(text, maxPersonBytes: Self.maxPersonBytes)?.rows else {
            return fault(.cellTooLong(maxBytes: Self.maxPersonBytes))
        }
        return persons.map { .row(FileRow(number: number, line: number, cells: $0)) }
    }
}
