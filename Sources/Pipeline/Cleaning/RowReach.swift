internal import ContactFiles
package import PhoneNumbers

/// Every number and address that can be read in a row, also in one that is not taken, and where several stand in one cell:
/// whom it concerns when the row says that somebody opted out.
package struct RowReach: Equatable, Sendable {
    /// A cell full of numbers is nobody's row.
    private static let max = 100

    package private(set) var phones: [PhoneNumber] = []
    package let emails: [EmailAddress]
    package let userID: String?

    package var isEmpty: Bool { phones.isEmpty && emails.isEmpty && userID == nil }

    init(
        _ row: FileRow, phoneColumns: [Int], emailColumns: [Int], whatsAppColumn: Int?, region: RowRegions.Region
    ) {
        emails = emailColumns.compactMap { row[$0].isEmpty ? nil : EmailAddress(row[$0]) }
        userID = whatsAppColumn.flatMap { WhatsAppUserID.read(row[$0]) }
        for column in phoneColumns {
            let cell = RowPhones(row, phoneColumns: [column], whatsAppColumn: nil, region: region)
            add(cell.numbers.map(\.number))
            if case .several(let numbers)? = cell.trouble { add(numbers) }
        }
        add(RowPhones(row, phoneColumns: [], whatsAppColumn: whatsAppColumn, region: region).numbers.map(\.number))
    }

    private mutating func add(_ numbers: [PhoneNumber]) {
        for number in numbers where phones.count < Self.max && !phones.contains(number) { phones.append(number) }
    }
}
