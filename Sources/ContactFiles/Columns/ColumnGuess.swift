/// What a column seems to mean, and how sure that is.
package struct ColumnGuess: Equatable, Sendable {
    package enum Basis: String, Sendable {
        case heading
        case content
        case headingAndContent
        /// The file is the export of a program that is known.
        case format
        case nothing
    }

    package let meaning: ColumnMeaning
    /// 0 to 1.
    package let confidence: Double
    package let basis: Basis

    package init(meaning: ColumnMeaning, confidence: Double, basis: Basis) {
        self.meaning = meaning
        self.confidence = confidence
        self.basis = basis
    }

    static let none = ColumnGuess(meaning: .other, confidence: 0, basis: .nothing)
}

/// A column of a file.
package struct FileColumn: Equatable, Sendable {
    /// Counted from 0.
    package let index: Int
    /// Empty when the file has no headings.
    package let heading: String
    /// Some of its cells that are not empty.
    package let examples: [String]
    package let guess: ColumnGuess

    /// What the column is called where a person has to recognise it: its heading, or a letter where it has none.
    package var title: String { heading.isBlank ? Self.letter(index) : heading.trimmed }

    /// As spreadsheets name columns: A, B, …, Z, AA, …
    /// - Parameter column: counted from 0.
    package static func letter(_ column: Int) -> String {
        var column = column + 1
        var letters = ""
        while column > 0 {
            column -= 1
            letters = String(UnicodeScalar(UInt8(0x41 + column % 26))) + letters
            column /= 26
        }
        return letters
    }
}
