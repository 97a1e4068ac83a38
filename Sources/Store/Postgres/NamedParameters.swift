/// A statement cut at its `:name` parameters, from which the text with PostgreSQL's `$1, $2, …` is made.
///
/// A name that occurs more than once is one parameter. Names inside texts, quoted identifiers, comments and
/// dollar quotes are not parameters; neither are `::type` and array slices such as `[1:2]`.
struct NamedParameters: Equatable {
    /// Each name once, in the order of first use.
    private(set) var names: [String] = []
    /// The text between the parameters; one more than `positions`.
    private var texts: [String] = []
    /// Which name stands behind each text but the last.
    private var positions: [Int] = []

    init(_ sql: String) {
        var scanner = SQLScanner(sql)
        var start = 0
        while let token = scanner.next() {
            guard case .parameter(let name) = token else { continue }
            // The colon is left out.
            texts.append(scanner.text(start..<name.lowerBound - 1))
            positions.append(position(of: scanner.text(name)))
            start = name.upperBound
        }
        texts.append(scanner.text(start..<scanner.bytes.count))
    }

    /// The text with numbered parameters. A parameter in `nulls` becomes the word NULL, and the others move up.
    /// - Parameter first: the number of the first parameter.
    func numbered(nulls: Set<Int> = [], first: Int = 1) -> String {
        var number = first - 1
        let words = names.indices.map { index in
            if nulls.contains(index) { return "NULL" }
            number += 1
            return "$\(number)"
        }
        var sql = texts[0]
        for (text, position) in zip(texts.dropFirst(), positions) {
            sql += words[position]
            sql += text
        }
        return sql
    }

    private mutating func position(of name: String) -> Int {
        if let index = names.firstIndex(of: name) { return index }
        names.append(name)
        return names.count - 1
    }
}
