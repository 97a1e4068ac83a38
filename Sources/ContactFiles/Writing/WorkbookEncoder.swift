package import Domain

/// Turns rows of text into an Excel workbook, to be taken away in pieces. Every cell is a text: nothing is computed, and no
/// digit is lost. Rows beyond what a sheet holds go on in a further sheet, under the same headings.
///
/// Source: ECMA-376, part 1, 18.3 (worksheets) with inline strings.
package struct WorkbookEncoder: Sendable {
    private static let rowsInSheet = 1_048_576
    private static let pieceBytes = 131_072
    /// More is cut by spreadsheet programs.
    private static let maxCharacters = 32_767

    private let name: String
    private let headings: [String]
    private let maxRows: Int
    private var zip = ZipEncoder()
    private var sheets = 0
    private var row = 0
    private var content: [UInt8] = []

    /// - Parameters:
    ///   - name: of the sheet.
    ///   - rowsInSheet: at most as many as the format has.
    package init(name: String, headings: [String], rowsInSheet: Int = Self.rowsInSheet) {
        self.name = name
        self.headings = headings
        maxRows = min(max(2, rowsInSheet), Self.rowsInSheet)
    }

    package mutating func add(_ cells: [String]) throws(PuenteError) {
        if sheets == 0 || row == maxRows { try beginSheet() }
        try addRow(cells)
    }

    /// What was finished since the last time.
    package mutating func take() -> [UInt8] { zip.take() }

    /// The rest of the workbook; to be called once, at the end, before the last ``take()``.
    package mutating func finish() throws(PuenteError) {
        if sheets == 0 { try beginSheet() }
        try endSheet()
        let numbers = Array(1...sheets)
        try part("xl/workbook.xml", Self.workbook(numbers, name))
        try part("xl/_rels/workbook.xml.rels", Self.workbookRelationships(numbers))
        try part("_rels/.rels", Self.relationships)
        try part("[Content_Types].xml", Self.contentTypes(numbers))
        zip.finish()
    }

    private mutating func beginSheet() throws(PuenteError) {
        if sheets > 0 { try endSheet() }
        sheets += 1
        row = 0
        zip.beginPart("xl/worksheets/sheet\(sheets).xml")
        content += Array(
            (Self.declaration + "<worksheet xmlns=\"\(Self.main)\"><sheetViews><sheetView workbookViewId=\"0\">"
                + "<pane ySplit=\"1\" topLeftCell=\"A2\" state=\"frozen\"/></sheetView></sheetViews><sheetData>").utf8)
        try addRow(headings)
    }

    private mutating func endSheet() throws(PuenteError) {
        content += Array("</sheetData></worksheet>".utf8)
        try flush()
        zip.endPart()
    }

    private mutating func addRow(_ cells: [String]) throws(PuenteError) {
        row += 1
        content += Array("<row r=\"\(row)\">".utf8)
        for (column, cell) in cells.enumerated() where !cell.isEmpty {
            content += Array("<c r=\"\(FileColumn.letter(column))\(row)\" t=\"inlineStr\"><is>".utf8)
            content += Array("<t xml:space=\"preserve\">".utf8)
            Self.append(cell, to: &content)
            content += Array("</t></is></c>".utf8)
        }
        content += Array("</row>".utf8)
        if content.count >= Self.pieceBytes { try flush() }
    }

    private mutating func flush() throws(PuenteError) {
        try zip.add(content)
        content.removeAll(keepingCapacity: true)
    }

    private mutating func part(_ name: String, _ text: String) throws(PuenteError) {
        zip.beginPart(name)
        try zip.add(Array((Self.declaration + text).utf8))
        zip.endPart()
    }

    /// Characters that XML cannot hold are left out.
    private static func append(_ text: String, to bytes: inout [UInt8]) {
        let text = text.utf16.count > maxCharacters ? String(text.prefix(maxCharacters / 2)) : text
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": bytes += Array("&amp;".utf8)
            case "<": bytes += Array("&lt;".utf8)
            case ">": bytes += Array("&gt;".utf8)
            case "\t", "\n", "\r": bytes += Array("&#\(scalar.value);".utf8)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: break
            default: bytes += Array(String(scalar).utf8)
            }
        }
    }
}

extension WorkbookEncoder {
    private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>"
    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006"

    private static let relationships = """
        <Relationships xmlns="\(package)/relationships"><Relationship Id="rId1" Type="\(office)/officeDocument" \
        Target="xl/workbook.xml"/></Relationships>
        """

    private static func workbook(_ sheets: [Int], _ name: String) -> String {
        var bytes: [UInt8] = []
        append(name, to: &bytes)
        let escaped = String(decoding: bytes, as: UTF8.self)
        let list = sheets.map { number in
            "<sheet name=\"\(escaped)\(number == 1 ? "" : " \(number)")\" sheetId=\"\(number)\" r:id=\"rId\(number)\"/>"
        }.joined()
        return "<workbook xmlns=\"\(main)\" xmlns:r=\"\(office)\"><sheets>\(list)</sheets></workbook>"
    }

    private static func workbookRelationships(_ sheets: [Int]) -> String {
        let list = sheets.map { number in
            "<Relationship Id=\"rId\(number)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\(number).xml\"/>"
        }.joined()
        return "<Relationships xmlns=\"\(package)/relationships\">\(list)</Relationships>"
    }

    private static func contentTypes(_ sheets: [Int]) -> String {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        let list = sheets.map { number in
            "<Override PartName=\"/xl/worksheets/sheet\(number).xml\" ContentType=\"\(kind).worksheet+xml\"/>"
        }.joined()
        return """
            <Types xmlns="\(package)/content-types">\
            <Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
            <Default Extension="xml" ContentType="application/xml"/>\
            <Override PartName="/xl/workbook.xml" ContentType="\(kind).sheet.main+xml"/>\(list)</Types>
            """
    }
}
