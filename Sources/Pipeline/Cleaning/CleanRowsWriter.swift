package import ContactFiles
package import Domain
internal import PhoneNumbers

/// Writes contacts as they were read, and behind them the row that they come from in the file's own columns. The headings
/// of our columns are words that our own import knows, the same in every language.
package final class CleanRowsWriter {
    private static let headings = ExportFormat.cleanHeadings

    private let writer: CSVWriter
    private let language: Language
    private let columnCount: Int

    /// Writes the headings.
    /// - Parameters:
    ///   - columns: of the file.
    ///   - language: of the marks.
    ///   - descriptor: as ``CSVWriter/init(_:style:)``.
    package init(
        _ columns: [FileColumn], language: Language, to descriptor: Int32, style: CSVStyle
    ) throws(PuenteError) {
        writer = CSVWriter(descriptor, style: style)
        columnCount = columns.count
        self.language = language
        try writer.write(Self.headings + Self.own(columns.map(\.title)))
    }

    /// The file's headings; where one is called like a column of ours, by another name, which no other column has: of two
    /// with one name programs would take the wrong one.
    private static func own(_ titles: [String]) -> [String] {
        var taken = Set(headings + titles.map { $0.lowercased() })
        return titles.map { title in
            guard headings.contains(title.lowercased()) else { return title }
            let names = [title + " (original)"] + (2...titles.count + 2).map { "\(title) (original \($0))" }
            // There are more names than columns.
            return names.first { taken.insert($0.lowercased()).inserted } ?? title
        }
    }

    package func write(
        _ contact: CleanContact, marks: [CleaningMark], from item: FileItem
    ) throws(PuenteError) {
        let own = item.cells.prefix(columnCount) + Array(repeating: "", count: max(0, columnCount - item.cells.count))
        // Cells beyond the last column would make the row longer than the others.
        let surplus = item.cells.dropFirst(columnCount).filter { !$0.isEmpty }
        let remarks =
            marks.map { $0.sentence[language] } + (surplus.isEmpty ? [] : ["[\(surplus.joined(separator: " | "))]"])
        try writer.write(cells(contact) + [remarks.joined(separator: " ")] + own)
    }

    package func flush() throws(PuenteError) {
        try writer.flush()
    }

    private func cells(_ contact: CleanContact) -> [String] {
        let phone = contact.phone
        return [
            phone?.e164 ?? "", phone?.handle ?? contact.userID ?? "", phone?.region ?? "", phone?.kind.code ?? "",
            contact.name,
            contact.email?.text ?? "",
        ]
    }
}
