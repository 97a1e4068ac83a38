internal import ContactFiles

/// The address of one row.
struct RowEmails {
    /// The first of the row's cells that can be one.
    let address: EmailAddress?
    /// Whether something stands there that was meant to be an address, and none can be one.
    let isLeftOut: Bool

    init(_ row: FileRow, columns: [Int]) {
        address = columns.lazy.compactMap { row[$0].isEmpty ? nil : EmailAddress(row[$0]) }.first
        isLeftOut = address == nil && columns.contains { Self.isMeant(row[$0]) }
    }

    /// "-", "n/a" and "none" stand for no address.
    private static func isMeant(_ cell: String) -> Bool {
        let text = ContactName.tidied(cell)
        return text.contains("@") || text.count > 4
    }
}
