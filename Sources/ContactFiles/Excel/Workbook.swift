internal import Domain

/// An Excel workbook, opened: its sheets, how its cells look, and the texts that they share.
/// Format: ECMA-376, SpreadsheetML. For one thread.
final class Workbook {
    struct Sheet {
        let name: String
        let isHidden: Bool
        fileprivate let path: String
    }

    private let source: ByteSource
    private let directory: ZipDirectory
    private let limits: FileLimits
    let sheets: [Sheet]
    let styles: CellStyles
    let sharedTexts: SharedTexts

    init(_ source: ByteSource, limits: FileLimits, spillFolder: String) throws(PuenteError) {
        let directory = try ZipDirectory(source, limits: limits)
        let root = try Relationships(of: "", in: directory, source, limits)
        let main = root.first("officeDocument") ?? "xl/workbook.xml"
        guard let entry = directory.entry(main), !main.lowercased().hasSuffix(".bin") else {
            throw .wrongKindOfFile(ZipContent.kind(of: directory, in: source))
        }
        let contents = WorkbookContents()
        try XMLScanner(ZipPart(entry, in: source, limits: limits.small), contents).finish()
        guard contents.isWorkbook else { throw .wrongKindOfFile(ZipContent.kind(of: directory, in: source)) }
        let parts = try Relationships(of: main, in: directory, source, limits)
        sheets = contents.sheets.compactMap { sheet in
            guard let target = parts.byID[sheet.id], target.kind == "worksheet" else { return nil }
            return Sheet(name: sheet.name, isHidden: sheet.isHidden, path: target.path)
        }
        styles = try CellStyles(
            parts.first("styles").flatMap(directory.entry), in: source, limits, from1904: contents.countsFrom1904)
        sharedTexts = try SharedTexts(
            parts.first("sharedStrings").flatMap(directory.entry), in: source, limits, spillFolder: spillFolder)
        self.source = source
        self.directory = directory
        self.limits = limits
    }

    /// What the cells of a sheet may hold together, as its parts may: shared texts are unpacked once and used often.
    var maxSheetBytes: Int { max(limits.ratioCountsFromBytes, source.size * limits.ratio) }

    /// - Parameter index: in ``sheets``.
    func part(of index: Int) throws(PuenteError) -> ZipPart {
        guard sheets.indices.contains(index) else { throw .workbookHasNoSheet }
        guard let entry = directory.entry(sheets[index].path) else { throw .workbookDamaged(sheets[index].path) }
        return try ZipPart(entry, in: source, limits: limits)
    }
}

/// The workbook's main part: names of sheets, and which calendar its dates count in.
private final class WorkbookContents: XMLHandler {
    struct Sheet {
        let name: String
        let id: String
        let isHidden: Bool
    }

    /// Of which each may have to be unpacked to its end before one is found that holds anything.
    private static let maxSheets = 50

    private(set) var sheets: [Sheet] = []
    private(set) var countsFrom1904 = false
    /// False when the main part is that of another kind of document.
    private(set) var isWorkbook = false

    func begin(_ element: XMLName, _ attributes: XMLAttributes) throws(PuenteError) {
        switch element {
        case "workbook": isWorkbook = true
        case "workbookPr": countsFrom1904 = ["1", "true"].contains(attributes.string("date1904"))
        case "sheet":
            guard sheets.count < Self.maxSheets, let name = attributes.string("name"),
                let id = attributes.string("id")
            else { return }
            let state = attributes.string("state") ?? "visible"
            sheets.append(Sheet(name: name, id: id, isHidden: state != "visible"))
        default: break
        }
    }

    func end(_ element: XMLName) throws(PuenteError) {}
    func text(_ utf8: UnsafeRawBufferPointer) throws(PuenteError) {}
}
