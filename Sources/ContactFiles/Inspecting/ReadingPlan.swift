/// How a file is read: all of it decided, by detection or by a person. Kept with an import, so that the rows that were
/// shown are the rows that are imported.
package struct ReadingPlan: Codable, Equatable, Sendable {
    package var kind: FileKind
    /// Of text files; workbooks know their own.
    package var encoding: TextEncoding
    package var delimiter: Delimiter
    package var quote: QuoteMark
    /// The number of the row with the headings; nil when there are none. Rows up to it are not given out.
    package var headingRow: Int?
    /// Of workbooks, counted from 0 in the order of the sheets.
    package var sheet: Int

    package init(
        kind: FileKind, encoding: TextEncoding = .utf8, delimiter: Delimiter = .comma, quote: QuoteMark = .double,
        headingRow: Int? = nil, sheet: Int = 0
    ) {
        self.kind = kind
        self.encoding = encoding
        self.delimiter = delimiter
        self.quote = quote
        self.headingRow = headingRow
        self.sheet = sheet
    }
}

/// What a person decided about reading a file; the rest is detected.
package struct ReadingChoices: Codable, Equatable, Sendable {
    package enum Headings: Codable, Equatable, Sendable {
        case none
        /// In the row of this number.
        case row(Int)
    }

    package var kind: FileKind?
    package var encoding: TextEncoding?
    package var delimiter: Delimiter?
    package var quote: QuoteMark?
    package var headings: Headings?
    package var sheet: Int?

    package init() {}
}
