import ContactFiles
import Domain
import PhoneNumbers
import Pipeline

/// A file that is cleaned, and how it is read.
struct CleaningSource {
    let path: String
    let file: ContactFile
    let inspection: FileInspection
    let mapping: ColumnMapping

    /// Without its folders.
    var name: String { path.split(separator: "/").last.map { String($0) } ?? path }
}

/// What the cleaning of a file showed.
struct CleaningResult {
    let source: CleaningSource
    /// Of numbers without a country code, as it was asked for.
    let region: PhoneRegion?
    let figures: CleaningFigures
    let made: Timestamp
    let elapsed: Duration
}
