/// Cuts decoded lines into the cells of one row. Feed it a line; as long as a quotation mark is open, feed it the next.
///
/// Lenient where people's files are: a mark inside a bare cell is text; blanks between a delimiter and a mark are
/// dropped; text behind a closing mark is kept with the mark, and the row gets a remark.
struct RecordParser {
    private enum State {
        case cellStart, bare, quoted, markInQuoted, afterQuoted
    }

    private let delimiter: UInt8
    private let quote: UInt8
    private let limits: FileLimits
    private var state = State.cellStart
    /// The cells one after the other, without what stood between and around them.
    private var bytes: [UInt8] = []
    /// Where each finished cell ends in `bytes`.
    private var ends: [Int] = []
    private(set) var hasStrayQuote = false
    /// A cell stood between two marks, as it should.
    private(set) var hasQuotedCell = false
    private(set) var hasTooManyCells = false
    private(set) var hasTooLongCell = false

    init(_ dialect: Dialect, limits: FileLimits) {
        delimiter = dialect.delimiter.byte
        quote = dialect.quote.byte
        self.limits = limits
    }

    var cellCount: Int { ends.count }
    /// Bytes of the cell that is not finished yet.
    var openCellBytes: Int { bytes.count - (ends.last ?? 0) }
    var byteCount: Int { bytes.count }
    /// No character in any cell.
    var isEmpty: Bool { bytes.isEmpty }
    var hasNUL: Bool { bytes.contains(0) }

    mutating func begin() {
        state = .cellStart
        bytes.removeAll(keepingCapacity: true)
        ends.removeAll(keepingCapacity: true)
        hasStrayQuote = false
        hasQuotedCell = false
        hasTooManyCells = false
        hasTooLongCell = false
    }

    /// - Parameter line: UTF-8, with its line end.
    /// - Returns: whether the row is complete; if not, a quotation mark is open.
    mutating func feed(_ line: [UInt8]) -> Bool {
        let content = line.count - Self.lineEndBytes(line)
        line.withUnsafeBufferPointer { buffer in
            for byte in buffer[..<content] { take(byte) }
        }
        if state == .quoted {
            bytes.append(contentsOf: line[content...])
            return false
        }
        endCell()
        return true
    }

    /// The cells, UTF-8 as they stood.
    func cells() -> [String] {
        var start = 0
        return bytes.withUnsafeBufferPointer { buffer in
            ends.map { end in
                defer { start = end }
                return FormulaGuard.unguarded(UnsafeBufferPointer(rebasing: buffer[start..<end]))
            }
        }
    }

    static func lineEndBytes(_ line: [UInt8]) -> Int {
        switch line.last {
        case 0x0A: line.dropLast().last == 0x0D ? 2 : 1
        case 0x0D: 1
        default: 0
        }
    }

    @inline(__always)
    private mutating func take(_ byte: UInt8) {
        switch state {
        case .bare: byte == delimiter ? endCell() : bytes.append(byte)
        case .cellStart: beginCell(with: byte)
        case .quoted:
            if byte == quote { state = .markInQuoted } else { bytes.append(byte) }
        case .markInQuoted, .afterQuoted: goOnAfterMark(with: byte)
        }
    }

    private mutating func beginCell(with byte: UInt8) {
        if byte == quote, quote != 0 {
            // What stood before the mark are blanks.
            bytes.removeLast(openCellBytes)
            state = .quoted
        } else if byte == delimiter {
            endCell()
        } else {
            bytes.append(byte)
            if byte != 0x20 { state = .bare }
        }
    }

    private mutating func goOnAfterMark(with byte: UInt8) {
        if byte == delimiter {
            endCell()
        } else if byte == quote, state == .markInQuoted {
            bytes.append(quote)
            state = .quoted
        } else if byte == 0x20 {
            state = .afterQuoted
        } else {
            hasStrayQuote = true
            bytes.append(quote)
            if state == .afterQuoted { bytes.append(0x20) }
            bytes.append(byte)
            state = .bare
        }
    }

    private mutating func endCell() {
        if state == .markInQuoted || state == .afterQuoted { hasQuotedCell = true }
        state = .cellStart
        if openCellBytes > limits.cellBytes { hasTooLongCell = true }
        if ends.count < limits.columns { ends.append(bytes.count) } else { hasTooManyCells = true }
    }
}
