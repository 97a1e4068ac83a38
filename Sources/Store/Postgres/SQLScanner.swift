/// Finds parameters in SQL as PostgreSQL reads it (with `standard_conforming_strings`, its default).
struct SQLScanner {
    let bytes: [UInt8]
    private var index = 0

    init(_ sql: String) {
        bytes = Array(sql.utf8)
    }

    /// The range of the next parameter's name, without its colon.
    mutating func nextParameter() -> Range<Int>? {
        while index < bytes.count {
            switch bytes[index] {
            case UInt8(ascii: "'"): skipQuoted(by: UInt8(ascii: "'"), hasEscapes: isEscapeString)
            case UInt8(ascii: "\""): skipQuoted(by: UInt8(ascii: "\""), hasEscapes: false)
            case UInt8(ascii: "-") where peek(1) == UInt8(ascii: "-"): skipLine()
            case UInt8(ascii: "/") where peek(1) == UInt8(ascii: "*"): skipComment()
            case UInt8(ascii: "$") where !continuesWord: skipDollarQuoted()
            case UInt8(ascii: ":") where peek(1) == UInt8(ascii: ":"): index += 2
            case UInt8(ascii: ":"):
                if let name = readName() { return name }
            default: index += 1
            }
        }
        return nil
    }

    /// Reads the name behind a colon; nil, and past the colon, when there is none.
    private mutating func readName() -> Range<Int>? {
        index += 1
        let start = index
        guard index < bytes.count, bytes[index].isNameStart else { return nil }
        while index < bytes.count, bytes[index].isNamePart { index += 1 }
        return start..<index
    }

    private mutating func skipQuoted(by quote: UInt8, hasEscapes: Bool) {
        index += 1
        while index < bytes.count {
            // A doubled quote ends one quoted part and begins the next: the same for finding parameters.
            if bytes[index] == quote {
                index += 1
                return
            }
            index += hasEscapes && bytes[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        index = min(index, bytes.count)
    }

    /// Whether the quote at `index` belongs to `E'…'`.
    private var isEscapeString: Bool {
        guard index > 0, bytes[index - 1] == UInt8(ascii: "E") || bytes[index - 1] == UInt8(ascii: "e") else {
            return false
        }
        return index < 2 || !bytes[index - 2].isNamePart
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

    /// Whether the byte before belongs to a word: `a$b$` is an identifier, no quote.
    private var continuesWord: Bool {
        index > 0 && bytes[index - 1].isNamePart
    }

    /// `$$…$$` or `$tag$…$tag$`; a lone dollar is passed by.
    private mutating func skipDollarQuoted() {
        var end = index + 1
        while end < bytes.count, bytes[end].isNamePart { end += 1 }
        guard end < bytes.count, bytes[end] == UInt8(ascii: "$"), peek(1).map({ !$0.isDigit }) ?? false else {
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

    fileprivate var isNameStart: Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || self == UInt8(ascii: "_")
    }

    fileprivate var isNamePart: Bool { isNameStart || isDigit }
}
