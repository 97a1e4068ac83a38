/// Which column means what: guessed first, then as a person set it. Kept with an import.
package struct ColumnMapping: Codable, Equatable, Sendable {
    /// By column, counted from 0.
    package var meanings: [ColumnMeaning]

    package init(meanings: [ColumnMeaning]) {
        self.meanings = meanings
    }

    package init(_ columns: [FileColumn]) {
        meanings = columns.map(\.guess.meaning)
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
