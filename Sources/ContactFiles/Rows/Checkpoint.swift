/// Where reading goes on: after the rows counted so far. Kept with an import, so that it survives a restart.
/// Valid only for the same bytes read by the same ``ReadingPlan``.
package struct Checkpoint: Codable, Hashable, Sendable {
    package static let start = Checkpoint(row: 0, line: 0, byte: 0)

    /// The number of the last row that was read.
    package let row: Int
    /// The lines before this point.
    package let line: Int
    /// The bytes before this point; workbooks are read again from their beginning.
    package let byte: Int
    /// Of a line of pasted text that holds several persons: how many were taken from the line that begins here.
    package let taken: Int

    package init(row: Int, line: Int, byte: Int, taken: Int = 0) {
        self.row = row
        self.line = line
        self.byte = byte
        self.taken = taken
    }
}

/// How far reading has come, for a progress bar. In workbooks these are bytes of the packed sheet.
package struct ReadingProgress: Equatable, Sendable {
    package let bytesRead: Int
    package let bytesInAll: Int

    /// 0 to 1.
    package var share: Double {
        bytesInAll > 0 ? min(1, Double(bytesRead) / Double(bytesInAll)) : 1
    }
}
