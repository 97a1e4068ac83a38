internal import ContactFiles
package import Domain
package import Store

/// The company's contacts as a file, in pieces, in bounded memory. What our own import reads of CSV, Excel and vCard is what
/// is here; JSON is for programs.
package struct ContactExport: FilePieces {
    package enum Format: String, CaseIterable, Sendable {
        case csv, xlsx, vcard, json
    }

    private static let contactsInPiece = 500

    private let store: Store
    private let workspace: WorkspaceID
    private let selection: ContactSelection
    private let fields: [ImportField]
    private var encoder: ContactEncoder
    private var last: ContactID?
    private var isOver = false
    /// Contacts written so far.
    package private(set) var count = 0

    /// - Parameters:
    ///   - selection: whom the file holds.
    ///   - isForSpreadsheets: of CSV: for people with a spreadsheet program instead of for other programs.
    ///   - fields: of the company, in their order.
    package init(
        _ format: Format, of workspace: WorkspaceID, selection: ContactSelection = .everybody,
        fields: [ImportField], isForSpreadsheets: Bool = false, store: Store
    ) {
        self.store = store
        self.workspace = workspace
        self.selection = selection
        self.fields = fields
        encoder = ContactEncoder(format, columns: ContactColumns(fields), isForSpreadsheets: isForSpreadsheets)
    }

    package mutating func next() async throws -> [UInt8]? {
        guard !isOver else { return nil }
        let contacts = try await store.exportContacts(
            selection, after: last, limit: Self.contactsInPiece, in: workspace)
        for contact in contacts { try encoder.add(contact) }
        count += contacts.count
        last = contacts.last?.id ?? last
        guard contacts.count < Self.contactsInPiece else { return encoder.take() }
        isOver = true
        try encoder.finish()
        return encoder.take()
    }
}

extension ContactExport.Format {
    /// Of the file's name.
    package var fileExtension: String {
        switch self {
        case .csv, .xlsx, .json: rawValue
        case .vcard: "vcf"
        }
    }

    package var contentType: String {
        switch self {
        case .csv: "text/csv; charset=utf-8"
        case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        case .vcard: "text/vcard; charset=utf-8"
        case .json: "application/json"
        }
    }
}

/// One of the formats at work; of the encoders there is one. (In a choice each change would copy what is in memory.)
private struct ContactEncoder: Sendable {
    private let columns: ContactColumns
    private var csv: CSVEncoder?
    private var workbook: WorkbookEncoder?
    private var cards: VCardEncoder?
    private var json: ContactJSON?

    init(_ format: ContactExport.Format, columns: ContactColumns, isForSpreadsheets: Bool) {
        self.columns = columns
        switch format {
        case .csv:
            csv = CSVEncoder(isForSpreadsheets ? .spreadsheet : .plain)
            csv?.add(columns.headings)
        case .xlsx: workbook = WorkbookEncoder(name: "Contacts", headings: columns.headings)
        case .vcard: cards = VCardEncoder()
        case .json: json = ContactJSON()
        }
    }

    mutating func add(_ contact: ExportedContact) throws {
        csv?.add(columns.cells(contact))
        try workbook?.add(columns.cells(contact))
        cards?.add(VCardPerson(contact))
        try json?.add(contact)
    }

    mutating func finish() throws {
        try workbook?.finish()
        json?.finish()
    }

    mutating func take() -> [UInt8] {
        csv?.take() ?? workbook?.take() ?? cards?.take() ?? json?.take() ?? []
    }
}
