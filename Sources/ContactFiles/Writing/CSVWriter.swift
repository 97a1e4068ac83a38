package import Domain

#if canImport(Darwin)
    import Darwin
#else
    import Glibc
#endif

/// Writes rows as CSV in UTF-8, in pieces, to a file that somebody else opened and closes. What ``ContactFile`` reads
/// of it is what was given here. For one thread.
package final class CSVWriter {
    private static let pieceBytes = 65_536

    private let descriptor: Int32
    private let style: CSVStyle
    private var buffer: [UInt8] = []

    /// - Parameter descriptor: open for writing, empty.
    package init(_ descriptor: Int32, style: CSVStyle) {
        self.descriptor = descriptor
        self.style = style
        if style.hasByteOrderMark { buffer += TextEncoding.utf8.byteOrderMark }
    }

    /// - Throws: when the disk is full or the file gone.
    package func write(_ cells: [String]) throws(PuenteError) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { buffer.append(style.delimiter.byte) }
            append(cell, isAlone: cells.count == 1)
        }
        buffer += [0x0D, 0x0A]
        if buffer.count >= Self.pieceBytes { try flush() }
    }

    /// Writes what is still in memory; to be called at the end.
    package func flush() throws(PuenteError) {
        var done = 0
        while done < buffer.count {
            let count = buffer.withUnsafeBytes { bytes in
                #if canImport(Darwin)
                    Darwin.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                #else
                    Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
                #endif
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .exportFailed(reason: String(cString: strerror(errno))) }
            done += count
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func append(_ cell: String, isAlone: Bool) {
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
