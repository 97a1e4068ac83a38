package import Domain

/// The rows that were not taken, in the file's own columns, with where they were and why, so that a person can mend them
/// there and import the file again.
package struct RejectedRowCells: Sendable {
    private let own: [String]
    private let language: Language

    /// - Parameter headings: the file's own; empty ones get a letter, as spreadsheets name columns.
    package init(headings: [String], language: Language) {
        own = headings.enumerated().map { $0.element.isBlank ? FileColumn.letter($0.offset) : $0.element }
        self.language = language
    }

    package var headings: [String] { own + [Self.rowHeading[language], Self.reasonHeading[language]] }

    /// - Parameter number: as ``FileRow/number``.
    package func row(_ cells: [String], number: Int, reason: String) -> [String] {
        let padded = cells.prefix(own.count) + Array(repeating: "", count: max(0, own.count - cells.count))
        // Cells beyond the last column would push the reason out of its column.
        let surplus = cells.dropFirst(own.count).filter { !$0.isBlank }
        let extra = surplus.isEmpty ? "" : " [\(surplus.joined(separator: " | "))]"
        return padded + [String(number), reason + extra]
    }

    private static let rowHeading = LocalizedText(en: "Row", es: "Fila")
    private static let reasonHeading = LocalizedText(en: "Reason for rejection", es: "Motivo del rechazo")
}
