import ContactFiles
import Domain
import Testing

@Suite struct HostileWorkbookTests {
    private static let row = "<row r='1'><c r='A1' t='inlineStr'><is><t>0912345678</t></is></c></row>"

    private func detail(_ bytes: [UInt8], limits: FileLimits = FileLimits()) throws -> String? {
        try refusal { _ = try TestFile(bytes).items(limits: limits) }?.detail
    }

    @Test func `a sheet that unpacks to far more than it is stops being unpacked`() throws {
        var limits = FileLimits()
        limits.ratioCountsFromBytes = 1_000_000
        let bomb = TestWorkbook(String(repeating: " ", count: 20_000_000) + Self.row)

        #expect(bomb.bytes.count < 50_000)
        #expect(try detail(bomb.bytes, limits: limits) == "workbook_unpacks_too_large")
    }

    @Test func `a sheet of many small rows is noticed after a few megabytes`() throws {
        let bomb = TestWorkbook(Self.row + String(repeating: "<row><c><v>1</v></c></row>", count: 1_000_000))

        #expect(bomb.bytes.count < 26_000_000 / FileLimits().ratio)
        #expect(try detail(bomb.bytes) == "workbook_unpacks_too_large")
    }

    @Test func `a sheet that only begins like that stops being unpacked, too`() throws {
        var limits = FileLimits()
        limits.ratioCountsFromBytes = 1_000_000
        var dice = SeededDice(seed: 4)
        let ballast = (0..<20_000).map { _ in
            "<c t='inlineStr'><is><t>\(UInt64.random(in: 0...UInt64.max, using: &dice))</t></is></c>"
        }
        let bomb = TestWorkbook(
            String(repeating: " ", count: 20_000_000) + Self.row + "<row r='2'>\(ballast.joined())</row>")

        #expect(bomb.bytes.count > 20_000_000 / limits.ratio)
        #expect(try detail(bomb.bytes, limits: limits) == "workbook_unpacks_too_large")
    }

    @Test func `shared texts that unpack to far more than they are stop being unpacked`() throws {
        var limits = FileLimits()
        limits.ratioCountsFromBytes = 1_000_000
        let bomb = TestWorkbook(
            "<row r='1'><c r='A1' t='s'><v>3000000</v></c></row>",
            shared: [String(repeating: "<si><t>x</t></si>", count: 1_000_000)])

        #expect(try detail(bomb.bytes, limits: limits) == "workbook_unpacks_too_large")
    }

    @Test func `one long text that is named again and again is given out only so often`() throws {
        var limits = FileLimits()
        limits.ratioCountsFromBytes = 1_000_000
        let bomb = TestWorkbook(
            String(repeating: "<row><c t='s'><v>0</v></c></row>", count: 400),
            shared: ["<si><t>\(String(repeating: "x", count: 50_000))</t></si>"])

        #expect(try detail(bomb.bytes, limits: limits) == "workbook_unpacks_too_large")
    }

    @Test func `a part beyond the absolute limit is refused, whatever it claims`() throws {
        var limits = FileLimits()
        limits.partBytes = 100_000
        var zip = TestWorkbook(String(repeating: Self.row, count: 3000)).zip
        #expect(try detail(zip.bytes, limits: limits) == "workbook_unpacks_too_large")

        for index in zip.parts.indices { zip.parts[index].claimedBytes = 10 }
        #expect(try detail(zip.bytes, limits: limits) == "workbook_unpacks_too_large")
    }

    @Test func `entities are not expanded`() throws {
        var workbook = TestWorkbook(Self.row)
        workbook.parts["xl/worksheets/sheet1.xml"] = """
            <?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>
            <worksheet><sheetData><row><c t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>
            """

        #expect(try detail(workbook.bytes) == "workbook_has_entities")
    }

    @Test func `files outside are not read`() throws {
        var workbook = TestWorkbook(Self.row)
        workbook.parts["xl/worksheets/sheet1.xml"] = """
            <!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>
            <worksheet><sheetData><row><c t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>
            """

        #expect(try detail(workbook.bytes) == "workbook_has_entities")
    }

    static let damages: [(what: String, damage: @Sendable (inout TestWorkbook) -> Void)] = [
        ("not closed", { $0.parts["xl/worksheets/sheet1.xml"] = "<worksheet><sheetData><row>" }),
        ("no XML", { $0.parts["xl/worksheets/sheet1.xml"] = "0912345678" }),
        ("a text that is not there", { $0.sheets[0].xml = "<row><c t='s'><v>5</v></c></row>" }),
        ("a text that is no number", { $0.sheets[0].xml = "<row><c t='s'><v>x</v></c></row>" }),
        ("a negative text", { $0.sheets[0].xml = "<row><c t='s'><v>-1</v></c></row>" }),
        ("nested too deep", { $0.sheets[0].xml = String(repeating: "<a>", count: 500) }),
        ("a name without end", { $0.sheets[0].xml = "<" + String(repeating: "a", count: 3_000_000) }),
        ("rows without number", { $0.sheets[0].xml = "<row r='999999999'/><row r='1'><c><v>1</v></c></row>" }),
        ("an unknown encoding", { $0.parts["xl/workbook.xml"] = "<?xml version='1.0' encoding='x-none'?><workbook/>" }),
    ]

    @Test(arguments: damages.indices)
    func `a damaged workbook is refused with a sentence`(index: Int) throws {
        var workbook = TestWorkbook(Self.row, shared: ["<si><t>a</t></si>"])
        Self.damages[index].damage(&workbook)

        #expect(try detail(workbook.bytes) == "workbook_damaged", "\(Self.damages[index].what)")
    }

    @Test func `odd numbers of cells and styles are taken as none`() throws {
        let rows = """
            <row r="x"><c r="1A" s="99999999999999999999"><v>7</v></c><c r="ZZZZZZZZZZZZZ1"/></row>\
            <row r="-5"><c r="" s="-1" t=""><v>8</v></c></row>
            """

        let items = try TestFile(TestWorkbook(rows).bytes).items()

        #expect(items.map(\.cells) == [["7"], ["8"]])
        #expect(items.map(\.number) == [1, 2])
    }

    @Test func `a password, a wrong checksum, too many parts and a workbook without sheets are refused`() throws {
        var locked = TestWorkbook(Self.row).zip
        for index in locked.parts.indices { locked.parts[index].isEncrypted = true }
        #expect(try detail(locked.bytes) == "workbook_encrypted")

        var wrong = TestWorkbook(Self.row).zip
        for index in wrong.parts.indices { wrong.parts[index].checksum = 1 }
        #expect(try detail(wrong.bytes) == "workbook_damaged")

        var many = TestWorkbook(Self.row).zip
        many.parts += (0..<11_000).map { TestZip.Part(name: "xl/\($0)", bytes: [], isPacked: false) }
        #expect(try detail(many.bytes) == "workbook_unpacks_too_large")

        #expect(try detail(TestWorkbook(sheets: []).bytes) == "no_such_sheet")
        #expect(try detail(TestWorkbook("").bytes) == "file_empty")
    }

    @Test func `a workbook cut anywhere, or with any byte changed, ends in rows or in one sentence`() throws {
        let whole = TestWorkbook(
            String(repeating: Self.row, count: 50), shared: ["<si><t>a</t></si>"], styles: WorkbookTests.styles
        ).bytes
        var dice = SeededDice(seed: 3)

        for _ in 0..<400 {
            var bytes = whole
            if Bool.random(using: &dice) { bytes = Array(bytes.prefix(Int.random(in: 0..<bytes.count, using: &dice))) }
            for _ in 0..<Int.random(in: 0...4, using: &dice) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &dice)] = UInt8.random(in: 0...255, using: &dice)
            }
            _ = try refusal { _ = try TestFile(bytes).items() }
        }
    }

    @Test func `a workbook whose XML is torn ends in rows or in one sentence`() throws {
        let whole = TestWorkbook(
            Self.row + "<row r='2'><c r='A2' t='s'><v>0</v></c><c r='B2' s='3'><v>912345678</v></c></row>",
            shared: ["<si><t>a</t></si>"], styles: WorkbookTests.styles
        ).zip
        let pieces = [
            "<", ">", "/>", "'", "&amp;", "&", "=", "<row>", "</row>", "<c r='", "t='s'", "-", "9999999999", "_x0041_",
        ]
        var dice = SeededDice(seed: 9)

        for _ in 0..<400 {
            var zip = whole
            let part = Int.random(in: zip.parts.indices, using: &dice)
            for _ in 0..<Int.random(in: 1...3, using: &dice) {
                let count = zip.parts[part].bytes.count
                let start = Int.random(in: 0..<count, using: &dice)
                let end = min(count, start + Int.random(in: 0...12, using: &dice))
                let piece = Array((pieces.randomElement(using: &dice) ?? "").utf8)
                zip.parts[part].bytes.replaceSubrange(start..<end, with: piece)
            }
            _ = try refusal { _ = try TestFile(zip.bytes).items() }
        }
    }
}
