internal import Domain

/// The content lines of a vCard file, folded ones put together again before they are decoded: old writers fold in the
/// middle of a character. For one thread.
struct VCardLines {
    struct Line {
        let start: LineReader.Position
        /// Empty for properties that nobody asks for.
        let text: String
        let fault: RowFault.Kind?

        /// - Parameter mark: such as `BEGIN:VCARD`.
        func matches(_ mark: String) -> Bool {
            guard text.utf8.count <= mark.utf8.count + 8, let first = text.utf8.first,
                first & 0xDF == mark.utf8.first
            else { return false }
            return text.trimmed.uppercased() == mark
        }
    }

    private static let kept = VCard.properties.union(["BEGIN", "END", "AGENT"])

    private let encoding: TextEncoding
    private let limits: FileLimits
    private let decoder: TextDecoder
    private var lines: LineReader
    private var raw: [UInt8] = []
    /// Nil for encodings of single bytes, which are put together before they are decoded.
    private let pairDecoder: TextDecoder?

    init(
        _ source: ByteSource, encoding: TextEncoding, limits: FileLimits, from checkpoint: Checkpoint
    ) throws(PuenteError) {
        let head = try source.bytes(at: 0, count: 65_536)
        let mark = encoding.byteOrderMark
        let start = !mark.isEmpty && head.starts(with: mark) ? mark.count : 0
        self.encoding = encoding
        self.limits = limits
        pairDecoder = encoding.unitBytes == 2 ? try TextDecoder(encoding) : nil
        decoder = try TextDecoder(encoding.unitBytes == 2 ? .utf8 : encoding)
        let position = LineReader.Position(
            byte: checkpoint.byte == 0 ? start : checkpoint.byte, line: checkpoint.line)
        lines = LineReader(
            source, lineEnd: LineEnd(encoding, sample: Array(head.dropFirst(start))), maxBytes: limits.rowBytes,
            from: position)
    }

    var position: LineReader.Position { lines.position }

    mutating func move(to position: LineReader.Position) {
        lines.move(to: position)
    }

    mutating func next() throws(PuenteError) -> Line? {
        let start = lines.position
        var outcome = try physical()
        guard outcome != .end else { return nil }
        let isKept = Self.isKept(raw)
        let isQuotedPrintable = Self.isQuotedPrintable(raw)
        var bytes = isKept ? raw : []
        var isTooLong = outcome == .cut || bytes.count > limits.cellBytes
        while true {
            let here = lines.position
            outcome = try physical()
            let isSoft = isQuotedPrintable && bytes.last == 0x3D
            guard outcome != .end, isSoft || raw.first == 0x20 || raw.first == 0x09 else {
                lines.move(to: here)
                break
            }
            guard isKept, !isTooLong else { continue }
            if isSoft { bytes.removeLast() }
            bytes += isSoft ? raw[...] : raw.dropFirst()
            isTooLong = outcome == .cut || bytes.count > limits.cellBytes
        }
        return line(from: start, &bytes, isTooLong: isTooLong && isKept)
    }

    /// Reads one line as it stands in the file, without its line end, into `raw`.
    private mutating func physical() throws(PuenteError) -> LineReader.Outcome {
        let outcome = try lines.next(into: &raw)
        if let pairDecoder {
            var text: [UInt8] = []
            _ = pairDecoder.decode(&raw, into: &text)
            raw = text
        }
        raw.removeLast(RecordParser.lineEndBytes(raw))
        return outcome
    }

    private func line(from start: LineReader.Position, _ bytes: inout [UInt8], isTooLong: Bool) -> Line {
        var text: [UInt8] = []
        let isClean = decoder.decode(&bytes, into: &text)
        let fault: RowFault.Kind? =
            if isTooLong {
                .cellTooLong(maxBytes: limits.cellBytes)
            } else if !isClean {
                .notIn(encoding)
            } else {
                text.contains(0) ? .nulByte : nil
            }
        return Line(start: start, text: String(decoding: text, as: UTF8.self), fault: fault)
    }

    private static func isKept(_ bytes: [UInt8]) -> Bool {
        let name = bytes.prefix(60).prefix { $0 != 0x3A && $0 != 0x3B }
        let ungrouped = name.split(separator: 0x2E).last ?? name
        return kept.contains(String(decoding: ungrouped, as: UTF8.self).trimmed.uppercased())
    }

    private static func isQuotedPrintable(_ bytes: [UInt8]) -> Bool {
        let head = bytes.prefix(200).prefix { $0 != 0x3A }
        guard head.contains(0x3B) else { return false }
        return String(decoding: head, as: UTF8.self).uppercased().contains("QUOTED-PRINTABLE")
    }
}
