/// How a CSV file is written.
package struct CSVStyle: Equatable, Sendable {
    package var delimiter: Delimiter
    /// Spreadsheet programs take a file without the mark for one of the machine's old encoding.
    package var hasByteOrderMark: Bool
    /// Whether numbers such as +34612345678 are left as they are. They compute nothing, programs read them as they
    /// stand, and spreadsheet programs show them as 3.46E+10: guarded by an apostrophe they stay readable there.
    package var leavesPhonesBare: Bool

    package init(delimiter: Delimiter = .comma, hasByteOrderMark: Bool, leavesPhonesBare: Bool) {
        self.delimiter = delimiter
        self.hasByteOrderMark = hasByteOrderMark
        self.leavesPhonesBare = leavesPhonesBare
    }

    /// To be opened by people, in Excel and its like.
    package static let spreadsheet = CSVStyle(hasByteOrderMark: true, leavesPhonesBare: false)

    /// To be read by programs.
    package static let plain = CSVStyle(hasByteOrderMark: false, leavesPhonesBare: true)
}
