internal import Domain

/// The lines of a text file as UTF-8, and what is wrong with each. For one thread.
struct TextLines {
    private let encoding: TextEncoding
    private let decoder: TextDecoder
    private var lines: LineReader
    private var raw: [UInt8] = []
    /// The last line, its line end included; U+FFFD stands for what means nothing.
    private(set) var text: [UInt8] = []
    /// Why the last line cannot be trusted, if so.
    private(set) var fault: RowFault.Kind?
    let size: Int

    /// - Parameter position: the beginning, or a place that ``position`` had.
    init(
        _ source: ByteSource, encoding: TextEncoding, limits: FileLimits, from position: LineReader.Position?
    ) throws(PuenteError) {
        let head = try source.bytes(at: 0, count: 65_536)
        let mark = encoding.byteOrderMark
        let start = !mark.isEmpty && head.starts(with: mark) ? mark.count : 0
        self.encoding = encoding
        decoder = try TextDecoder(encoding)
        size = source.size
        lines = LineReader(
            source, lineEnd: LineEnd(encoding, sample: Array(head.dropFirst(start))), maxBytes: limits.rowBytes,
            from: position ?? LineReader.Position(byte: start, line: 0))
    }

    /// Where the next line begins.
    var position: LineReader.Position { lines.position }

    mutating func move(to position: LineReader.Position) {
        lines.move(to: position)
    }

    mutating func next() throws(PuenteError) -> LineReader.Outcome {
        let outcome = try lines.next(into: &raw)
        let otherEncoding = suspicion()
        let isClean = decoder.decode(&raw, into: &text)
        fault = isClean ? otherEncoding : otherEncoding ?? .notIn(encoding)
        return outcome
    }

    /// A line that is whole in UTF-8, in a file of another encoding: nearly all bytes mean something in these, so that
    /// nothing but this would keep "JosÃ©" out. Short characters of UTF-8 may be ordinary Chinese ones in the
    /// encodings of two bytes, so three bytes are asked for there.
    private func suspicion() -> RowFault.Kind? {
        switch encoding {
        case .utf8, .utf16LittleEndian, .utf16BigEndian: return nil
        case .windows1252, .big5, .shiftJIS, .gb18030: break
        }
        let check = UTF8Check(raw)
        let found = encoding == .windows1252 ? check.wideCharacters : check.veryWideCharacters
        return check.isValid && found > 0 ? .writtenIn(.utf8, fileIn: encoding) : nil
    }
}
