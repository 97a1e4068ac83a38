/// What a file of contacts is, told by its content and never by its name.
package enum FileKind: String, Codable, CaseIterable, Sendable {
    /// Cells between commas, semicolons, tabs or bars: CSV and TSV.
    case delimited
    /// An Excel workbook (.xlsx).
    case excel
    /// One or more vCards, version 2.1, 3.0 or 4.0.
    case vCard = "vcard"
    /// Lines of free text with a number or an address in each, as people paste them.
    case lines
}
