/// Reads SQL as PostgreSQL does (with `standard_conforming_strings`, its default), as far as parameters and the frame
/// of a statement need: texts, quoted identifiers, comments and dollar quotes are passed over.
struct SQLScanner {
    enum Token: Equatable {
        /// The name of a `:name`, without its colon.
        case parameter(Range<Int>)
        /// A keyword, an identifier or a number.
        case word(Range<Int>)
        case open(Int)
        case close(Int)
    }

    let bytes: [UInt8]
    private var index = 0

    init(_ sql: String) {
        bytes = Array(sql.utf8)
    }

    mutating func next() -> Token? {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "'"): skipQuoted(by: UInt8(ascii: "'"), hasEscapes: isEscapeString)
            case UInt8(ascii: "\""): skipQuoted(by: UInt8(ascii: "\""), hasEscapes: false)
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "$"): skipDollarQuoted()
            case UInt8(ascii: ":") where peek(1) == UInt8(ascii: ":"): index += 2
            case UInt8(ascii: ":"):
                index += 1
                // What begins with a digit is the end of a slice, `[1:2]`.
                if let byte = peek(0), byte.isWordPart, !byte.isDigit { return .parameter(readWord { $0.isWordPart }) }
            case UInt8(ascii: "("):
                index += 1
                return .open(index - 1)
            case UInt8(ascii: ")"):
                index += 1
                return .close(index - 1)
            // A dollar inside a word belongs to it and quotes nothing.
            case let byte where byte.isWordPart: return .word(readWord { $0.isWordPart || $0 == UInt8(ascii: "$") })
            default: index += 1
            }
        }
        return nil
    }

    func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self)
    }

    private mutating func readWord(while belongs: (UInt8) -> Bool) -> Range<Int> {
        let start = index
        while index < bytes.count, belongs(bytes[index]) { index += 1 }
        return start..<index
    }

    private mutating func skipQuoted(by quote: UInt8, hasEscapes: Bool) {
        index += 1
        while index < bytes.count {
            // A doubled quote ends one quoted part and begins the next: here it comes to the same.
            if bytes[index] == quote {
                index += 1
                return
            }
            index += hasEscapes && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = bytes.count
    }

    /// Whether the quote at `index` belongs to `E'…'`.
    private var isEscapeString: Bool {
        guard index > 0, bytes[index - 1] | 0x20 == UInt8(ascii: "e") else { return false }
        return index < 2 || !bytes[index - 2].isWordPart
    }

    private mutating func skipLine() {
        while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    }

    /// Comments nest in PostgreSQL.
    private mutating func skipComment() {
        var depth = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "/"), peek(1) == UInt8(ascii: "*") {
                depth += 1
                index += 2
            } else if bytes[index] == UInt8(ascii: "*"), peek(1) == UInt8(ascii: "/") {
                depth -= 1
                index += 2
                if depth == 0 { return }
            } else {
                index += 1
            }
        }
    }

    /// `$$…$$` or `$tag$…$tag$`; a lone dollar is passed by.
    private mutating func skipDollarQuoted() {
        var end = index + 1
        while end < bytes.count, bytes[end].isWordPart { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), !bytes[index + 1].isDigit else {
            index += 1
            return
        }
        let tag = bytes[index...end]
        index = end + 1
        while index < bytes.count {
            if bytes[index...].starts(with: tag) {
                index += tag.count
                return
            }
            index += 1
        }
    }

    private func peek(_ distance: Int) -> UInt8? {
        index + distance < bytes.count ? bytes[index + distance] : nil
    }
}

extension UInt8 {
    fileprivate var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

    fileprivate var isWordPart: Bool {
        isDigit || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) || self == UInt8(ascii: "_")
    }
}
