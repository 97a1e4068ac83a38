internal import Domain

/// The cards of a vCard file, a row each, in the columns of ``VCard/columns``.
final class VCardRows: RowStream {
    private let encoding: TextEncoding
    private let limits: FileLimits
    private let size: Int
    private var lines: VCardLines
    private var rowNumber: Int

    init(
        _ source: ByteSource, encoding: TextEncoding, limits: FileLimits, from checkpoint: Checkpoint
    ) throws(PuenteError) {
        self.encoding = encoding
        self.limits = limits
        size = source.size
        rowNumber = checkpoint.row
        lines = try VCardLines(source, encoding: encoding, limits: limits, from: checkpoint)
    }

    var checkpoint: Checkpoint {
        Checkpoint(row: rowNumber, line: lines.position.line, byte: lines.position.byte)
    }

    var progress: ReadingProgress { ReadingProgress(bytesRead: lines.position.byte, bytesInAll: size) }

    func next() throws(PuenteError) -> FileItem? {
        while let line = try lines.next() {
            guard line.matches("BEGIN:VCARD") else { continue }
            rowNumber += 1
            if let item = try card(from: line.start) { return item }
        }
        return nil
    }

    /// The card whose first line was read; nil when it says nothing of anybody.
    private func card(from start: LineReader.Position) throws(PuenteError) -> FileItem? {
        var card = VCard()
        var wrong: RowFault.Kind?
        var bytes = 0
        while true {
            let before = lines.position
            guard let line = try lines.next() else { return fault(.unfinishedCard, card, start) }
            if line.matches("END:VCARD") { break }
            if line.matches("BEGIN:VCARD") {
                // The card before it has no end; this one may be whole.
                lines.move(to: before)
                return fault(.unfinishedCard, card, start)
            }
            if line.matches("AGENT:") { try passOverAgent() }
            wrong = wrong ?? line.fault
            bytes += line.text.utf8.count
            if bytes > limits.rowBytes { wrong = wrong ?? .rowTooLong(maxBytes: limits.rowBytes) }
            let isReadable = wrong == nil || line.fault == .notIn(encoding)
            if isReadable, bytes <= limits.rowBytes { try take(line.text, into: &card) }
        }
        if let wrong { return fault(wrong, card, start) }
        return row(card, start)
    }

    private func take(_ text: String, into card: inout VCard) throws(PuenteError) {
        guard let line = VCardLine(text), VCard.properties.contains(line.name) else { return }
        guard line.isQuotedPrintable else { return card.take(line, value: line.value) }
        let value = try VCardValue.quotedPrintable(line.value, charset: line.charset, file: encoding)
        card.take(line, value: value[...])
    }

    private func row(_ card: VCard, _ start: LineReader.Position) -> FileItem? {
        let remark: RowRemark? = card.valuesLeftOut > 0 ? .moreValues(count: card.valuesLeftOut) : nil
        let row = FileRow(number: rowNumber, line: start.line + 1, cells: card.cells, remark: remark)
        if row.cells.contains(where: { $0.utf8.contains(0) }) { return fault(.nulByte, card, start) }
        return row.isBlank ? nil : .row(row)
    }

    private func fault(_ kind: RowFault.Kind, _ card: VCard, _ start: LineReader.Position) -> FileItem {
        .fault(RowFault(number: rowNumber, line: start.line + 1, kind: kind, cells: cut(card.cells)))
    }

    /// Version 2.1 puts a whole card of another person inside.
    private func passOverAgent() throws(PuenteError) {
        let before = lines.position
        guard let line = try lines.next(), line.matches("BEGIN:VCARD") else { return lines.move(to: before) }
        while let line = try lines.next(), !line.matches("END:VCARD") {}
    }
}
