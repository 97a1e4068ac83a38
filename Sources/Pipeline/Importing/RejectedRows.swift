internal import ContactFiles
package import Domain
package import Store

/// The rows of an import that were not taken, as a CSV file in the list's own columns, with where they stood and why.
package struct RejectedRows: FilePieces {
    private static let rowsInPiece = 500

    private let store: Store
    private let record: ImportRecord
    private let cells: RejectedRowCells
    private let language: Language
    private var encoder: CSVEncoder
    /// The position that was come to; nil at the end.
    private var position: Int? = 0

    /// - Parameter language: of the reasons.
    package init(_ record: ImportRecord, language: Language, store: Store) throws {
        let plan = try ImportPlan(json: record.plan)
        var style = CSVStyle.spreadsheet
        // A spreadsheet program opens what it opened before.
        if plan.reading.kind == .delimited { style.delimiter = plan.reading.delimiter }
        self.store = store
        self.record = record
        self.language = language
        cells = RejectedRowCells(headings: plan.columns.map(\.heading), language: language)
        encoder = CSVEncoder(style)
        encoder.add(cells.headings)
    }

    /// `clientes (rejected).csv`.
    package var fileName: String {
        let base = record.fileName.split(separator: ".").dropLast().joined(separator: ".")
        let word = LocalizedText(en: "rejected", es: "rechazadas")[language]
        return "\(base.isEmpty ? record.fileName : base) (\(word)).csv"
    }

    package mutating func next() async throws -> [UInt8]? {
        guard let after = position else { return nil }
        let page = try await store.importRows(
            record.id, verdicts: [.rejected, .duplicate], after: after, limit: Self.rowsInPiece, in: record.workspace)
        for row in page.items {
            let reason = row.notes.map { $0.sentence[language] }.joined(separator: " ")
            encoder.add(cells.row(row.cells, number: row.number, reason: reason))
        }
        position = page.next.map { Int($0.id) }
        return encoder.take()
    }
}
