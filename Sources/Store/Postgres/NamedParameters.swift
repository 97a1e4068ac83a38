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
        while let name = scanner.nextParameter() {
            texts.append(String(decoding: scanner.bytes[start..<name.lowerBound - 1], as: UTF8.self))
            positions.append(position(of: String(decoding: scanner.bytes[name], as: UTF8.self)))
            start = name.upperBound
        }
        texts.append(String(decoding: scanner.bytes[start...], as: UTF8.self))
    }

    /// The text with numbered parameters. A parameter in `nulls` becomes the word NULL, and the others move up.
    func numbered(nulls: Set<Int> = []) -> String {
        var numbers: [Int?] = []
        var count = 0
        for index in names.indices {
            if !nulls.contains(index) { count += 1 }
            numbers.append(nulls.contains(index) ? nil : count)
        }
        var sql = texts[0]
        for (text, position) in zip(texts.dropFirst(), positions) {
            sql += numbers[position].map { "$\($0)" } ?? "NULL"
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
