/// Which column means what: guessed first, then as a person set it. Kept with an import.
package struct ColumnMapping: Codable, Equatable, Sendable {
    /// By column, counted from 0.
    package var meanings: [ColumnMeaning]

    /// The columns whose headings name WhatsApp, whatever they mean.
    private let namesWhatsApp: [Int]

    /// - Parameter headings: by column; fewer where columns have none.
    package init(meanings: [ColumnMeaning], headings: [String] = []) {
        self.meanings = meanings
        namesWhatsApp = headings.indices.filter { HeadingText(headings[$0]).namesWhatsApp }
    }

    package init(_ columns: [FileColumn]) {
        self.init(meanings: columns.map(\.guess.meaning), headings: columns.map(\.heading))
    }

    /// Phone columns with the number that WhatsApp reaches, by their headings.
    package var calledWhatsApp: [Int] {
        columns(for: .phone).filter(namesWhatsApp.contains)
    }

    package func columns(for meaning: ColumnMeaning) -> [Int] {
        meanings.indices.filter { meanings[$0] == meaning }
    }

    /// The first cell with this meaning that is not blank, without blanks around it; nil when all are.
    package func value(of meaning: ColumnMeaning, in row: FileRow) -> String? {
        values(of: meaning, in: row).first
    }

    /// All cells with this meaning that are not blank, without blanks around them.
    package func values(of meaning: ColumnMeaning, in row: FileRow) -> [String] {
        columns(for: meaning).map { row[$0] }.filter { !$0.isBlank }.map(\.trimmed)
    }
}
