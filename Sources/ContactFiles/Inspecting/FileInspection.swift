/// What a file is, as far as its beginning tells, for a person to confirm or change.
package struct FileInspection: Sendable {
    package struct Sheet: Equatable, Sendable {
        package let name: String
        package let isHidden: Bool
    }

    package let plan: ReadingPlan
    package let columns: [FileColumn]
    /// The first rows below the headings.
    package let sample: [FileItem]
    /// Of workbooks.
    package let sheets: [Sheet]
    /// The program that exported the file, when its columns tell.
    package let format: ExportFormat?

    package var headings: [String] { columns.map(\.heading) }
    package var mapping: ColumnMapping { ColumnMapping(columns) }
}
