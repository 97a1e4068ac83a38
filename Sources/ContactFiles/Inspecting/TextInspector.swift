internal import Domain

/// Decides how a text file is read.
struct TextInspector {
    /// A beginning with more control characters than one in fifty is no text.
    private static let controlShare = 50

    private let source: ByteSource
    private let choices: ReadingChoices
    private let limits: FileLimits

    init(_ source: ByteSource, choices: ReadingChoices, limits: FileLimits) {
        self.source = source
        self.choices = choices
        self.limits = limits
    }

    /// - Throws: when it is no text, or an empty one.
    func plan() throws(PuenteError) -> ReadingPlan {
        let sample = try TextSample(source)
        let encoding = choices.encoding ?? EncodingGuess.encoding(of: sample)
        let lines = try decodedLines(encoding)
        guard !lines.allSatisfy({ String(decoding: $0, as: UTF8.self).isBlank }) else { throw .contactFileEmpty }
        try refuseBinary(lines)
        let guess = DialectGuess.dialect(of: lines)
        return ReadingPlan(
            kind: choices.kind ?? kind(lines, guess), encoding: encoding,
            delimiter: choices.delimiter ?? guess.dialect.delimiter, quote: choices.quote ?? guess.dialect.quote)
    }

    /// The first lines; a line that is too long is there as far as it goes.
    private func decodedLines(_ encoding: TextEncoding) throws(PuenteError) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        var bytes = 0
        var reader = try TextLines(source, encoding: encoding, limits: limits, from: nil)
        while lines.count < 1000, bytes < 1_000_000, try reader.next() != .end {
            lines.append(reader.text)
            bytes += reader.text.count
        }
        return lines
    }

    private func refuseBinary(_ lines: [[UInt8]]) throws(PuenteError) {
        let bytes = lines.reduce(0) { $0 + $1.count }
        let controls = lines.reduce(0) { sum, line in
            // NULs are reported by row, but a file of them is no text either.
            sum + line.count { $0 < 0x20 && $0 != 0x09 && $0 != 0x0A && $0 != 0x0D && $0 != 0x0C }
        }
        if controls > 1, controls * Self.controlShare > bytes { throw .wrongKindOfFile(.unknown) }
        let broken = lines.reduce(0) { sum, line in
            sum + String(decoding: line, as: UTF8.self).unicodeScalars.count { $0 == "\u{FFFD}" }
        }
        if broken * 8 > bytes, broken > 8 { throw .wrongKindOfFile(.unknown) }
    }

    private func kind(_ lines: [[UInt8]], _ guess: DialectGuess.Result) -> FileKind {
        let texts = lines.map { String(decoding: $0, as: UTF8.self).trimmed }.filter { !$0.isEmpty }
        guard let first = texts.first else { return .delimited }
        if first.uppercased().hasPrefix("BEGIN:VCARD") { return .vCard }
        // Who says what stands between the cells, or where the headings are, says that it is a table.
        if choices.delimiter != nil { return .delimited }
        if case .row = choices.headings { return .delimited }
        // Whatever the rows are like, and be it one column: what has headings is a table.
        if hasHeadings(first, guess.dialect) { return .delimited }
        guard guess.columns > 1, guess.agreement >= 0.6 else { return .lines }
        // `0912345678, 0922333444, 0933…`: persons beside each other, no columns.
        return texts.prefix(50).allSatisfy(LooseLine.holdsNumbersOnly) ? .lines : .delimited
    }

    private func hasHeadings(_ line: String, _ dialect: Dialect) -> Bool {
        var parser = RecordParser(dialect, limits: limits)
        _ = parser.feed(Array(line.utf8))
        return parser.cells().contains { HeadingDictionary.exact($0) != nil }
    }
}
