/// The lines inside a quoted cell that is too long: a note of many lines, or rows behind a mark that nothing closes.
struct PassedLines {
    private let delimiter: UInt8
    /// How many lines have so many delimiters.
    private var counts: [Int: Int] = [:]
    private var total = 0

    init(delimiter: Delimiter) {
        self.delimiter = delimiter.byte
    }

    mutating func count(_ line: [UInt8]) {
        total += 1
        counts[line.count { $0 == delimiter }, default: 0] += 1
    }

    /// Most of them have equally many delimiters. Prose has none, or now more and now fewer.
    var lookLikeRows: Bool {
        counts.contains { $0.key > 0 && $0.value * 2 > total }
    }
}
