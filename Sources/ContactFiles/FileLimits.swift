/// What a file may hold. Each limit has its sentence; none is reached by a list of contacts.
package struct FileLimits: Sendable {
    package var fileBytes = 512_000_000
    /// Cells in a row.
    package var columns = 500
    package var rowBytes = 1_000_000
    /// A spreadsheet's own limit is 32,767 characters.
    package var cellBytes = 100_000
    /// How far the end of a quoted cell is looked for: a row that is too long is passed over whole as far as that.
    package var quotedBytes = 8_000_000
    /// Below the headings. More are no list of contacts, but something that was made to be long.
    package var rows = 5_000_000
    /// Of one part of a workbook, unpacked.
    package var partBytes = 4_000_000_000
    /// Unpacked to packed bytes, counted once a part has unpacked to ``ratioCountsFromBytes``.
    package var ratio = 250
    package var ratioCountsFromBytes = 16_000_000
    /// Files inside a workbook.
    package var workbookParts = 10_000
    /// Of a workbook's texts that are kept in memory; beyond it they go to a file.
    package var sharedTextBytesInMemory = 8_000_000

    package init() {}
}
