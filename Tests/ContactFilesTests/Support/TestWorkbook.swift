/// A workbook from the XML of its parts; what is not said is as Excel writes it.
struct TestWorkbook {
    var sheets: [(name: String, attributes: String, xml: String)]
    var sharedTexts: [String]?
    var styles: String?
    var properties = ""
    /// Replaces or adds parts.
    var parts: [String: String] = [:]
    var isPacked = true

    /// One sheet with this inside `sheetData`.
    init(_ rows: String, shared: [String]? = nil, styles: String? = nil, properties: String = "") {
        sheets = [("Contacts", "", rows)]
        sharedTexts = shared
        self.styles = styles
        self.properties = properties
    }

    init(sheets: [(name: String, attributes: String, xml: String)]) {
        self.sheets = sheets
    }

    private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    private static let package = "http://schemas.openxmlformats.org/package/2006/relationships"

    var zip: TestZip {
        var all = standardParts
        for (name, xml) in parts { all[name] = xml }
        return TestZip(
            parts: all.sorted { $0.key < $1.key }.map {
                TestZip.Part(name: $0.key, bytes: Array($0.value.utf8), isPacked: isPacked)
            })
    }

    var bytes: [UInt8] { zip.bytes }

    private var standardParts: [String: String] {
        var parts = [
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relationships([("rId1", "officeDocument", "xl/workbook.xml")]),
            "xl/workbook.xml": workbook,
        ]
        var related = sheets.indices.map { ("rId\($0 + 1)", "worksheet", "worksheets/sheet\($0 + 1).xml") }
        for (index, sheet) in sheets.enumerated() {
            parts["xl/worksheets/sheet\(index + 1).xml"] =
                "<?xml version=\"1.0\"?><worksheet xmlns=\"\(Self.main)\"><sheetData>\(sheet.xml)</sheetData></worksheet>"
        }
        if let sharedTexts {
            related.append(("rIdS", "sharedStrings", "sharedStrings.xml"))
            parts["xl/sharedStrings.xml"] = "<sst xmlns=\"\(Self.main)\">\(sharedTexts.joined())</sst>"
        }
        if let styles {
            related.append(("rIdT", "styles", "/xl/styles.xml"))
            parts["xl/styles.xml"] = "<styleSheet xmlns=\"\(Self.main)\">\(styles)</styleSheet>"
        }
        parts["xl/_rels/workbook.xml.rels"] = relationships(related)
        return parts
    }

    private var workbook: String {
        let list = sheets.enumerated().map { index, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" r:id=\"rId\(index + 1)\" \(sheet.attributes)/>"
        }
        return "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\">\(properties)"
            + "<sheets>\(list.joined())</sheets></workbook>"
    }

    private func relationships(_ list: [(id: String, kind: String, target: String)]) -> String {
        let all = list.map {
            "<Relationship Id=\"\($0.id)\" Type=\"\(Self.office)/\($0.kind)\" Target=\"\($0.target)\"/>"
        }
        return "<Relationships xmlns=\"\(Self.package)\">\(all.joined())</Relationships>"
    }
}
