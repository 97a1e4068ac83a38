/// An `INSERT … VALUES (…)` that can take many rows at once: `VALUES (…), (…), …`.
///
/// Each execution of an INSERT makes the server read the table's rules anew; for a table with several CHECKs that
/// costs more than the row. Statements that update on conflict are left alone: one statement may not change a row
/// twice, while a sequence of them may.
struct MultiRowInsert {
    private let head: String
    private let tuple: NamedParameters
    private let tail: String

    /// Nil when the statement is anything else.
    init?(_ sql: String) {
        var scanner = SQLScanner(sql)
        guard scanner.isNextWord("INSERT"), scanner.isNextWord("INTO"), let tuple = scanner.tupleBehindValues(),
            scanner.allowsManyRows()
        else { return nil }
        head = scanner.text(0..<tuple.lowerBound)
        self.tuple = NamedParameters(scanner.text(tuple))
        tail = scanner.text(tuple.upperBound..<scanner.bytes.count)
    }

    /// The text for as many rows: row by row, with each row's parameters in the order of their names.
    func numbered(rows: Int, nulls: Set<Int>) -> String {
        let perRow = tuple.names.count - nulls.count
        let tuples = (0..<rows).map { tuple.numbered(nulls: nulls, first: $0 * perRow + 1) }
        return head + tuples.joined(separator: ", ") + tail
    }
}

extension SQLScanner {
    fileprivate mutating func isNextWord(_ word: String) -> Bool {
        guard case .word(let range) = next() else { return false }
        return text(range).uppercased() == word
    }

    /// The range of `(…)` behind the word VALUES, parentheses included; nil when there is none, or a parameter before.
    fileprivate mutating func tupleBehindValues() -> Range<Int>? {
        while let token = next() {
            switch token {
            case .parameter: return nil
            case .word(let range) where ["VALUES", "SELECT"].contains(text(range).uppercased()):
                guard text(range).uppercased() == "VALUES", case .open(let start) = next() else { return nil }
                return matchingClose().map { start..<$0 + 1 }
            case .word, .open, .close: continue
            }
        }
        return nil
    }

    private mutating func matchingClose() -> Int? {
        var depth = 1
        while let token = next() {
            switch token {
            case .open: depth += 1
            case .close(let position):
                depth -= 1
                if depth == 0 { return position }
            case .parameter, .word: continue
            }
        }
        return nil
    }

    /// Whether nothing behind the tuple forbids more rows: a second tuple, a parameter, or an update on conflict.
    fileprivate mutating func allowsManyRows() -> Bool {
        guard var token = next() else { return true }
        if case .open = token { return false }
        while true {
            switch token {
            case .parameter: return false
            case .word(let range) where text(range).uppercased() == "UPDATE": return false
            case .word, .open, .close: break
            }
            guard let following = next() else { return true }
            token = following
        }
    }
}
