/// The line `sep=;` by which spreadsheet programs are told the delimiter.
struct DelimiterHint {
    let delimiter: Delimiter

    /// - Parameter line: UTF-8, with its line end. Nil when it is an ordinary line.
    init?(_ line: [UInt8]) {
        let content = line.dropLast(RecordParser.lineEndBytes(line))
        guard content.count == 5, String(decoding: content.prefix(4), as: UTF8.self).lowercased() == "sep=",
            let delimiter = Delimiter.allCases.first(where: { $0.byte == content.last })
        else { return nil }
        self.delimiter = delimiter
    }
}
