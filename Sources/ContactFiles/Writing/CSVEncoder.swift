/// Turns rows into CSV in UTF-8, to be taken away in pieces. What ``ContactFile`` reads of it is what was given here.
package struct CSVEncoder: Sendable {
    private let style: CSVStyle
    private var buffer: [UInt8] = []

    package init(_ style: CSVStyle) {
        self.style = style
        if style.hasByteOrderMark { buffer += TextEncoding.utf8.byteOrderMark }
    }

    /// Bytes that were not taken away yet.
    package var count: Int { buffer.count }

    package mutating func add(_ cells: [String]) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(style.delimiter.byte) }
            append(cell, isAlone: cells.count == 1)
        }
        buffer += [0x0D, 0x0A]
    }

    /// What was added since the last time.
    package mutating func take() -> [UInt8] {
        defer { buffer.removeAll(keepingCapacity: true) }
        return buffer
    }

    private mutating func append(_ cell: String, isAlone: Bool) {
        let isBarePhone = style.leavesPhonesBare && FormulaGuard.isBarePhone(cell)
        let text = isBarePhone ? cell : FormulaGuard.guarded(cell, keepsDigits: !style.leavesPhonesBare)
        guard needsQuotes(text) || (isAlone && text.isEmpty) else {
            buffer.append(contentsOf: text.utf8)
            return
        }
        buffer.append(QuoteMark.double.byte)
        for byte in text.utf8 {
            if byte == QuoteMark.double.byte { buffer.append(byte) }
            buffer.append(byte)
        }
        buffer.append(QuoteMark.double.byte)
    }

    /// Blanks at the ends, too: some programs drop them.
    private func needsQuotes(_ text: String) -> Bool {
        let utf8 = text.utf8
        return utf8.first == 0x20 || utf8.last == 0x20
            || utf8.contains { $0 == style.delimiter.byte || $0 == 0x22 || $0 == 0x0D || $0 == 0x0A || $0 == 0x09 }
    }
}
