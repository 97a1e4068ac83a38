internal import Domain

/// How the workbook's cells show their numbers: `styles.xml`.
final class CellStyles: XMLHandler {
    /// A spreadsheet program takes no longer ones.
    private static let maxCodeBytes = 255

    private let calendar: ExcelCalendar
    private var codes: [Int: String] = [:]
    private var known: [Int: NumberFormat] = [:]
    private var formats: [NumberFormat] = []
    private var isInCellFormats = false

    init(
        _ entry: ZipDirectory.Entry?, in source: ByteSource, _ limits: FileLimits, from1904: Bool
    ) throws(PuenteError) {
        calendar = ExcelCalendar(startsIn1904: from1904)
        guard let entry else { return }
        try XMLScanner(ZipPart(entry, in: source, limits: limits.small), self).finish()
    }

    /// A number as a person sees it, in a form that does not depend on any country: dates as 2024-05-17.
    /// - Parameters:
    ///   - number: as the file has it, for example `8.69E+11`.
    ///   - style: the cell's style, an index.
    func text(of number: String, style: Int) -> String {
        switch formats.indices.contains(style) ? formats[style] : .general {
        case .general: PlainNumber.text(number)
        case .date(let hasDay, let hasTime):
            Double(number).flatMap { calendar.text($0, hasDay: hasDay, hasTime: hasTime) } ?? PlainNumber.text(number)
        case .digits(let pattern): pattern.text(PlainNumber.text(number))
        }
    }

    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError) {
        switch element {
        case "numFmt":
            guard let id = attributes.string("numFmtId").flatMap({ Int($0) }), codes.count < 10_000 else { return }
            codes[id] = attributes.string("formatCode").flatMap { $0.utf8.count <= Self.maxCodeBytes ? $0 : nil }
        case "cellXfs": isInCellFormats = true
        case "xf":
            guard isInCellFormats else { return }
            formats.append(format(attributes.string("numFmtId").flatMap { Int($0) } ?? 0))
        default: break
        }
    }

    func end(_ element: XMLName) throws(PuenteError) {
        if element.matches("cellXfs") { isInCellFormats = false }
    }

    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError) {}

    private func format(_ id: Int) -> NumberFormat {
        if let format = known[id] { return format }
        let format = codes[id].map(NumberFormat.init(code:)) ?? NumberFormat(builtIn: id)
        known[id] = format
        return format
    }
}
