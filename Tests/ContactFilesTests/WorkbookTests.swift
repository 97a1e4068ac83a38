import ContactFiles
import Domain
import Testing

@Suite struct WorkbookTests {
    /// Styles: 0 general, 1 date, 2 date and time, 3 ten digits, 4 plus before digits, 5 time, 6 scientific.
    static let styles = """
        <numFmts count="4"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd;@"/>\
        <numFmt numFmtId="165" formatCode="0000000000"/><numFmt numFmtId="166" formatCode="&quot;+&quot;0"/>\
        <numFmt numFmtId="167" formatCode="00\\-0000\\-0000"/></numFmts>\
        <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>\
        <cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="165"/><xf numFmtId="166"/>\
        <xf numFmtId="20"/><xf numFmtId="11"/><xf numFmtId="164"/><xf numFmtId="167"/></cellXfs>
        """

    @Test func `a sheet with headings alone is passed over, and every sheet can be named`() throws {
        let text = { (text: String) in "<c t='inlineStr'><is><t>\(text)</t></is></c>" }
        let file = try TestFile(
            TestWorkbook(sheets: [
                ("Read me", "", "<row>\(text("Name"))\(text("Phone"))</row>"),
                ("Customers", "", "<row>\(text("Phone"))</row><row>\(text("0912345678"))</row>"),
            ]).bytes)

        #expect(try file.inspect().plan.sheet == 1)
        #expect(try file.open().sheets().map(\.name) == ["Read me", "Customers"])
        #expect(try TestFile(Array("Phone\n0912345678\n".utf8)).open().sheets().isEmpty)
    }

    static let cells: [(what: String, xml: String, text: String)] = [
        ("a whole number", "<c r='A1'><v>886912345678</v></c>", "886912345678"),
        ("a number with an exponent", "<c r='A1'><v>8.86912345678E11</v></c>", "886912345678"),
        ("a scientific format", "<c r='A1' s='6'><v>8.86912345678E+11</v></c>", "886912345678"),
        ("a fraction as computers keep it", "<c r='A1'><v>0.30000000000000004</v></c>", "0.3"),
        ("a negative number", "<c r='A1'><v>-12.50</v></c>", "-12.5"),
        ("a date", "<c r='A1' s='1'><v>45429</v></c>", "2024-05-17"),
        ("a date by a format of its own", "<c r='A1' s='7'><v>45429</v></c>", "2024-05-17"),
        ("a date and time", "<c r='A1' s='2'><v>45429.573</v></c>", "2024-05-17 13:45:07"),
        ("a time", "<c r='A1' s='5'><v>0.573</v></c>", "13:45:07"),
        ("the day before the leap day that never was", "<c r='A1' s='1'><v>59</v></c>", "1900-02-28"),
        ("the first day after it", "<c r='A1' s='1'><v>61</v></c>", "1900-03-01"),
        ("an impossible date", "<c r='A1' s='1'><v>1e300</v></c>", "1e300"),
        ("digits with their zeros", "<c r='A1' s='3'><v>912345678</v></c>", "0912345678"),
        ("digits behind a plus", "<c r='A1' s='4'><v>886912345678</v></c>", "+886912345678"),
        ("digits at fixed places", "<c r='A1' s='8'><v>223456789</v></c>", "02-2345-6789"),
        ("true", "<c r='A1' t='b'><v>1</v></c>", "TRUE"),
        ("false", "<c r='A1' t='b'><v>0</v></c>", "FALSE"),
        ("an error", "<c r='A1' t='e'><v>#N/A</v></c>", "#N/A"),
        ("a formula's text", "<c r='A1' t='str'><f>CONCAT(B1)</f><v>Ana</v></c>", "Ana"),
        ("a formula's number", "<c r='A1'><f>1+1</f><v>2</v></c>", "2"),
        ("a shared text", "<c r='A1' t='s'><v>1</v></c>", "José & Cía"),
        ("a shared text in runs", "<c r='A1' t='s'><v>2</v></c>", "Ana López"),
        ("a shared text with its pronunciation", "<c r='A1' t='s'><v>3</v></c>", "佐藤"),
        ("text in the cell", "<c r='A1' t='inlineStr'><is><t xml:space='preserve'> Ana </t></is></c>", " Ana "),
        ("text in the cell in runs", "<c r='A1' t='inlineStr'><is><r><t>A</t></r><r><t>na</t></r></is></c>", "Ana"),
        (
            "a character XML cannot hold", "<c r='A1' t='inlineStr'><is><t>a_x000D_b_x005F_x000D_</t></is></c>",
            "a\rb_x000D_"
        ),
        ("an ISO date", "<c r='A1' t='d'><v>2024-05-17</v></c>", "2024-05-17"),
        ("a cell with a prefix", "<x:c r='A1'><x:v>7</x:v></x:c>", "7"),
        ("a guarded text", "<c r='A1' t='inlineStr'><is><t>'+886912345678</t></is></c>", "+886912345678"),
        ("a guarded shared text", "<c r='A1' t='s'><v>4</v></c>", "=1"),
        ("text that looks like a formula", "<c r='A1' t='inlineStr'><is><t>=1</t></is></c>", "=1"),
    ]

    static let shared = [
        "<si><t>zero</t></si>", "<si><t>José &amp; Cía</t></si>",
        "<si><r><t>Ana </t></r><r><rPr><b/></rPr><t>López</t></r></si>",
        "<si><t>佐藤</t><rPh sb='0' eb='2'><t>サトウ</t></rPh></si>", "<si><t>'=1</t></si>",
    ]

    @Test(arguments: cells.indices)
    func `cells come out as a person sees them`(index: Int) throws {
        let (what, xml, text) = Self.cells[index]
        let prefixed = "<row xmlns:x='http://schemas.openxmlformats.org/spreadsheetml/2006/main' r='1'>\(xml)</row>"
        let file = try TestFile(TestWorkbook(prefixed, shared: Self.shared, styles: Self.styles).bytes)
        var choices = ReadingChoices()
        choices.headings = ReadingChoices.Headings.none

        #expect(try file.cells(choices) == [[text]], "\(what)")
    }

    @Test func `a workbook that counts from 1904 has the same dates`() throws {
        let workbook = TestWorkbook(
            "<row r='1'><c r='A1' s='1'><v>43967</v></c></row>", styles: Self.styles,
            properties: "<workbookPr date1904='1'/>")
        var choices = ReadingChoices()
        choices.headings = ReadingChoices.Headings.none

        #expect(try TestFile(workbook.bytes).cells(choices) == [["2024-05-17"]])
    }

    private func text(_ place: String, _ text: String) -> String {
        "<c r='\(place)' t='inlineStr'><is><t>\(text)</t></is></c>"
    }

    @Test func `empty cells and rows keep their place`() throws {
        let rows =
            "<row r='2'>\(text("B2", "Name"))\(text("D2", "Phone"))</row>"
            + "<row r='3'><c r='A3' s='1'/><c r='XFD3'/></row>"
            + "<row r='7'>\(text("B7", "Ana"))\(text("D7", "0912345678"))</row>"
            + "<row>\(text("D8", "0912345679"))</row>"
        let file = try TestFile(TestWorkbook(rows).bytes)

        let items = try file.items()

        #expect(try file.inspect().plan.headingRow == 2)
        #expect(items.map(\.number) == [7, 8])
        #expect(items.map(\.cells) == [["", "Ana", "", "0912345678"], ["", "", "", "0912345679"]])
    }

    @Test func `cells that do not say where they are follow each other`() throws {
        let rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row><c><v>4</v></c></row>"
        var choices = ReadingChoices()
        choices.headings = ReadingChoices.Headings.none

        #expect(try TestFile(TestWorkbook(rows).bytes).cells(choices) == [["1", "", "3"], ["4"]])
    }

    @Test func `the first sheet that is shown and holds anything is read; another may be chosen`() throws {
        let workbook = TestWorkbook(sheets: [
            ("Old", "state='hidden'", "<row r='1'>\(text("A1", "0911111111"))</row>"),
            ("Empty", "", ""),
            ("Clients", "", "<row r='1'>\(text("A1", "Phone"))</row><row r='2'>\(text("A2", "0912345678"))</row>"),
            ("More", "", "<row r='1'>\(text("A1", "0922222222"))</row>"),
        ])
        let file = try TestFile(workbook.bytes)
        var choices = ReadingChoices()
        choices.sheet = 3

        let inspection = try file.inspect()

        #expect(inspection.sheets.map(\.name) == ["Old", "Empty", "Clients", "More"])
        #expect(inspection.sheets.map(\.isHidden) == [true, false, false, false])
        #expect(inspection.plan.sheet == 2)
        #expect(try file.cells() == [["0912345678"]])
        #expect(try file.cells(choices) == [["0922222222"]])
        choices.sheet = 9
        #expect(try refusal { _ = try file.inspect(choices) }?.detail == "no_such_sheet")
    }

    @Test func `titles above the headings are passed over`() throws {
        let rows =
            "<row r='1'>\(text("A1", "Our customers, May 2024"))</row>"
            + "<row r='3'>\(text("A3", "Nombre"))\(text("B3", "Celular"))\(text("C3", "Correo"))</row>"
            + "<row r='4'>\(text("A4", "Ana"))\(text("B4", "0912345678"))\(text("C4", "ana@example.com"))</row>"
        let inspection = try TestFile(TestWorkbook(rows).bytes).inspect()

        #expect(inspection.plan.headingRow == 3)
        #expect(inspection.columns.map(\.guess.meaning) == [.name, .phone, .email])
    }

    @Test func `names of parts may be in other letters, with other slashes, stored or packed`() throws {
        var workbook = TestWorkbook("<row r='1'>\(text("A1", "0912345678"))</row>")
        workbook.isPacked = false
        var zip = workbook.zip
        for index in zip.parts.indices where zip.parts[index].name.hasPrefix("xl/work") {
            zip.parts[index].name = zip.parts[index].name.uppercased().replacing("/", with: "\\")
        }
        zip.comment = Array("a comment with PK\u{5}\u{6} in it, and more behind it, much more than a record".utf8)

        #expect(try TestFile(zip.bytes).cells() == [["0912345678"]])
    }

    @Test(arguments: [2, 3, 6, 100])
    func `texts that do not fit into memory come out the same`(wordLength: Int) throws {
        var limits = FileLimits()
        limits.sharedTextBytesInMemory = 20_000
        let words = (0..<6000).map { "\($0)-" + String(repeating: "é", count: wordLength * ($0 % 7)) }
        let order = Array(words.indices) + words.indices.reversed() + stride(from: 0, to: 6000, by: 97)
        let rows = order.enumerated().map {
            "<row r='\($0.offset + 1)'><c r='A\($0.offset + 1)' t='s'><v>\($0.element)</v></c></row>"
        }
        let file = try TestFile(TestWorkbook(rows.joined(), shared: words.map { "<si><t>\($0)</t></si>" }).bytes)
        var choices = ReadingChoices()
        choices.headings = ReadingChoices.Headings.none

        #expect(try file.items(choices, limits: limits).map(\.cells) == order.map { [words[$0]] })
    }

    @Test func `rows beyond the limits cost themselves`() throws {
        let rows =
            "<row r='1'>\(text("A1", "Name"))\(text("B1", "Phone"))</row>"
            + "<row r='2'>\(text("A2", "Ana"))\(text("ZZ2", "x"))</row>"
            + "<row r='3'>\(text("A3", String(repeating: "x", count: 200_000)))</row>"
            + "<row r='4'>"
            + (0..<20).map {
                text("\(Character(UnicodeScalar(UInt8(65 + $0))))4", String(repeating: "x", count: 90_000))
            }.joined() + "</row>"
            + "<row r='5'>\(text("A5", "a_x0000_b"))</row>"
            + "<row r='6'>\(text("A6", "Eva"))\(text("B6", "0912345678"))</row>"

        let items = try TestFile(TestWorkbook(rows).bytes).items()

        #expect(
            items.map { $0.fault?.kind } == [
                .tooManyCells(max: 500), .cellTooLong(maxBytes: 100_000), .rowTooLong(maxBytes: 1_000_000), .nulByte,
                nil,
            ])
        #expect(items.map(\.number) == [2, 3, 4, 5, 6])
    }
}
