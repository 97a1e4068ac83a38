internal import Domain

/// Guesses by what the cells of a text file are told apart: by the delimiter that cuts most rows into equally many.
enum DialectGuess {
    struct Result {
        let dialect: Dialect
        /// How many cells most rows have; 1 when the file is no table.
        let columns: Int
        /// The share of rows that have that many, 0 to 1.
        let agreement: Double
    }

    private struct Count {
        var widths: [Int: Int] = [:]
        var rows = 0
        var usual: Int { widths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 1 }
        var agreement: Double { rows > 0 ? Double(widths[usual] ?? 0) / Double(rows) : 0 }
    }

    private static let maxRows = 500

    /// - Parameter lines: decoded, with their line ends.
    static func dialect(of lines: [[UInt8]]) -> Result {
        if let first = lines.first, let hint = DelimiterHint(first) {
            return best(Array(lines.dropFirst()), among: [hint.delimiter])
        }
        // In the order in which they are rather delimiters than text.
        return best(lines, among: [.tab, .semicolon, .bar, .comma])
    }

    private static func best(_ lines: [[UInt8]], among delimiters: [Delimiter]) -> Result {
        var best = Result(
            dialect: Dialect(delimiter: delimiters.last ?? .comma, quote: .double), columns: 1, agreement: 1)
        var bestScore = 0.0
        for delimiter in delimiters {
            let (quote, count) = quoteAndCount(lines, delimiter)
            // More columns break a tie, and only that.
            let score = count.usual > 1 ? count.agreement + Double(min(count.usual, 50)) / 500 : 0
            if score > bestScore {
                bestScore = score
                best = Result(
                    dialect: Dialect(delimiter: delimiter, quote: quote), columns: count.usual,
                    agreement: count.agreement)
            }
        }
        return best
    }

    private static func quoteAndCount(_ lines: [[UInt8]], _ delimiter: Delimiter) -> (QuoteMark, Count) {
        let double = count(lines, Dialect(delimiter: delimiter, quote: .double))
        if hasSingleQuotes(lines, delimiter) {
            return (.single, count(lines, Dialect(delimiter: delimiter, quote: .single)))
        }
        guard marksAreText(lines, delimiter) else { return (.double, double) }
        let none = count(lines, Dialect(delimiter: delimiter, quote: .none))
        return none.agreement > double.agreement ? (.none, none) : (.double, double)
    }

    private static func count(_ lines: [[UInt8]], _ dialect: Dialect) -> Count {
        var count = Count()
        var parser = RecordParser(dialect, limits: FileLimits())
        var isOpen = false
        for line in lines where count.rows < maxRows {
            if !isOpen { parser.begin() }
            isOpen = !parser.feed(line)
            guard !isOpen, !parser.isEmpty else { continue }
            count.rows += 1
            count.widths[parser.cellCount, default: 0] += 1
        }
        return count
    }

    /// Whether marks at the beginning of cells mostly close nothing, each line taken by itself.
    private static func marksAreText(_ lines: [[UInt8]], _ delimiter: Delimiter) -> Bool {
        var parser = RecordParser(Dialect(delimiter: delimiter, quote: .double), limits: FileLimits())
        var closed = 0
        var broken = 0
        for line in lines.prefix(maxRows) {
            parser.begin()
            let isComplete = parser.feed(line)
            if parser.hasQuotedCell { closed += 1 } else if !isComplete || parser.hasStrayQuote { broken += 1 }
        }
        return broken > 1 && broken > closed
    }

    /// Whether every third cell or more stands between apostrophes, and none between quotation marks.
    private static func hasSingleQuotes(_ lines: [[UInt8]], _ delimiter: Delimiter) -> Bool {
        var cells = 0
        var quoted = 0
        for line in lines.prefix(maxRows) {
            let content = line.dropLast(RecordParser.lineEndBytes(line))
            for cell in content.split(separator: delimiter.byte) {
                cells += 1
                if cell.first == QuoteMark.double.byte { return false }
                if cell.count > 1, cell.first == QuoteMark.single.byte, cell.last == cell.first { quoted += 1 }
            }
        }
        return quoted > 0 && quoted * 3 >= cells
    }
}
