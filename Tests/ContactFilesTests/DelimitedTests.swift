import ContactFiles
import Domain
import Testing

@Suite struct DelimitedTests {
    static let written: [(what: String, text: String, first: [String])] = [
        ("comma", "name,phone,note\nAna,0912345678,\"a, b\"\n", ["Ana", "0912345678", "a, b"]),
        ("semicolon", "name;phone;note\nAna;0912345678;1,5\n", ["Ana", "0912345678", "1,5"]),
        ("tab", "name\tphone\tnote\nAna\t0912345678\ta;b,c\n", ["Ana", "0912345678", "a;b,c"]),
        ("bar", "name|phone|note\nAna|0912345678|a, b\n", ["Ana", "0912345678", "a, b"]),
        ("the spreadsheet's hint", "sep=;\nname;phone;note\nAna;0912345678;x\n", ["Ana", "0912345678", "x"]),
        ("Windows line ends", "name,phone,note\r\nAna,0912345678,x\r\n", ["Ana", "0912345678", "x"]),
        ("old Macintosh line ends", "name,phone,note\rAna,0912345678,x\r", ["Ana", "0912345678", "x"]),
        ("no line end at the end", "name,phone,note\nAna,0912345678,x", ["Ana", "0912345678", "x"]),
        (
            "doubled marks", "name,phone,note\nAna,0912345678,\"says \"\"hi\"\"\"\n",
            ["Ana", "0912345678", "says \"hi\""]
        ),
        ("a line end in a cell", "name,phone,note\nAna,0912345678,\"a\r\nb\"\n", ["Ana", "0912345678", "a\r\nb"]),
        ("empty cells", "name,phone,note\n,0912345678,\n", ["", "0912345678", ""]),
        ("blanks around quoted cells", "name,phone,note\n\"Ana\" , \"0912345678\",x\n", ["Ana", "0912345678", "x"]),
        ("blanks around bare cells stay", "name,phone,note\n Ana , 0912345678,x\n", [" Ana ", " 0912345678", "x"]),
        ("a mark inside a bare cell", "name,phone,note\nAna,0912345678,5\" pipe\n", ["Ana", "0912345678", "5\" pipe"]),
        ("fewer cells than columns", "name,phone,note\nAna,0912345678\n", ["Ana", "0912345678"]),
        ("more cells than columns", "name,phone,note\nAna,0912345678,a,b\n", ["Ana", "0912345678", "a", "b"]),
        (
            "apostrophes as marks", "name,phone\n'García, Ana','0912345678'\n'Luis','0912345679'\n",
            ["García, Ana", "0912345678"]
        ),
        (
            "no marks at all", "name;phone\n\"Ana;0912345678\n\"Luis;0912345679\n\"Eva;0912345670\n",
            ["\"Ana", "0912345678"]
        ),
        ("a guarded formula", "name,phone,note\nAna,'+886912345678,'=1+1\n", ["Ana", "+886912345678", "=1+1"]),
        ("an apostrophe that keeps digits goes", "name,phone,note\nAna,'0912345678,'x\n", ["Ana", "0912345678", "'x"]),
    ]

    @Test(arguments: written.indices)
    func `cells come out as written`(index: Int) throws {
        let (what, text, first) = Self.written[index]

        let cells = try TestFile(text).cells()

        #expect(cells.first == first, "\(what)")
    }

    @Test func `rows are counted as a spreadsheet counts them`() throws {
        let items = try TestFile("name,phone\n\nAna,0912345678\n,,\n\"Luis\nLee\",0912345679\n \nEva,0912345670\n")
            .items()

        #expect(items.map(\.number) == [3, 5, 7])
        #expect(items.compactMap { $0.row?.line } == [3, 5, 8])
    }

    @Test func `what a person chose is not detected`() throws {
        var choices = ReadingChoices()
        choices.delimiter = .semicolon
        choices.headings = ReadingChoices.Headings.none

        let inspection = try TestFile("name,phone\nAna,0912345678\n").inspect(choices)

        #expect(inspection.plan.delimiter == .semicolon)
        #expect(inspection.plan.headingRow == nil)
        #expect(inspection.sample.map(\.cells) == [["name,phone"], ["Ana,0912345678"]])
    }

    @Test func `a quotation mark that nothing closes is reported where it opens and costs one row`() throws {
        let items = try TestFile(
            "name,phone\nAna,0912345678\n\"Luis,0912345679\nEva,0912345670\n\"Mo, Li\",0912345671\n"
        ).items()

        #expect(items.map(\.number) == [2, 3, 4, 5])
        #expect(items.compactMap(\.fault?.kind) == [.unbalancedQuote])
        #expect(items[1].fault?.line == 3)
        #expect(items[1].cells == ["\"Luis", "0912345679"])
        #expect(items[3].cells == ["Mo, Li", "0912345671"])
    }

    @Test func `a quotation mark that nothing closes in the last row is reported`() throws {
        let items = try TestFile("name,phone\nAna,0912345678\nEva,\"0912345670\n").items()

        #expect(items.map { $0.fault?.kind } == [nil, .unbalancedQuote])
    }

    @Test func `text behind a closing mark is kept and remarked on`() throws {
        let items = try TestFile("name,phone\n\"Ana\" \"La Jefa\" Gil,0912345678\n").items()

        #expect(items.first?.cells == ["Ana\" \"La Jefa\" Gil", "0912345678"])
        #expect(items.first?.row?.remark == .strayQuote)
    }

    @Test func `a file full of quotation marks that never close is read in one pass and a bit`() throws {
        // Each mark is followed by a letter, so that none of them closes another.
        let lines = (0..<20_000).map { "b\($0),\"a\n" }
        let far = "c,\"a\n" + String(repeating: "plain,0912345678\n", count: 12_000)

        let items = try TestFile("name,phone\n" + lines.joined() + far).items(commas)

        #expect(items.count { $0.fault?.kind == .unbalancedQuote } == 20_001)
        #expect(items.count { $0.row?.cells == ["plain", "0912345678"] } == 12_000)
    }

    static let longNotes: [(line: String, count: Int, kind: RowFault.Kind)] = [
        ("a line of the note, with commas\nand one without\n\n", 2500, .cellTooLong(maxBytes: 100_000)),
        ("x\n", 2_500_000, .rowTooLong(maxBytes: 1_000_000)),
    ]

    private var commas: ReadingChoices {
        var choices = ReadingChoices()
        (choices.kind, choices.quote, choices.delimiter) = (.delimited, .double, .comma)
        return choices
    }

    @Test(arguments: longNotes.indices)
    func `a cell of many lines that is too long costs one row, and none is made of its text`(index: Int) throws {
        let (line, count, kind) = Self.longNotes[index]
        let note = String(repeating: line, count: count) + "0912000000"

        let items = try TestFile("name,phone,note\nAna,0912345678,\"\(note)\"\nEva,0912345670,x\n").items(commas)

        #expect(items.map { $0.fault?.kind } == [kind, nil])
        #expect(items.first.map { Array($0.cells.prefix(2)) } == ["Ana", "0912345678"])
        #expect(items.last?.cells == ["Eva", "0912345670", "x"])
    }

    @Test func `a mark that only one far below seems to close swallows no rows`() throws {
        let rows = (0..<9000).map { "Customer \($0),09\(10_000_000 + $0),x\n" }.joined()

        let items = try TestFile("name,phone,size\nAna,0912345678,\"big\n\(rows)Eva,0912345670,12\"\n").items(commas)

        #expect(items.count == 9002)
        #expect(items.compactMap { $0.fault?.kind } == [.unbalancedQuote])
        #expect(items.last?.cells == ["Eva", "0912345670", "12\""])
    }

    @Test func `more rows than any list has are refused with a sentence`() throws {
        var limits = FileLimits()
        limits.rows = 1000
        let rows = (0..<1000).map { "Ana \($0),0912345678\n" }.joined()

        #expect(try TestFile("name,phone\n" + rows).items(limits: limits).count == 1000)
        let error = try refusal { _ = try TestFile("name,phone\n\(rows)Eva,0912345670\n").items(limits: limits) }
        #expect(error?.detail == "too_many_rows")
        #expect(
            error?.message.en
                == "The file has more than 1,000 rows. Divide it and import the parts one after the other.")
        #expect(FileLimits().rows == 5_000_000)
    }

    static let broken: [(cells: String, kind: RowFault.Kind)] = [
        ("0912\u{0}345678", .nulByte),
        (long(120_000), .cellTooLong(maxBytes: 100_000)),
        (String(repeating: "9,", count: 600), .tooManyCells(max: 500)),
        (long(5_000_000), .rowTooLong(maxBytes: 1_000_000)),
        (Array(repeating: long(60_000), count: 100).joined(separator: ","), .rowTooLong(maxBytes: 1_000_000)),
    ]

    private static func long(_ count: Int) -> String { String(repeating: "9", count: count) }

    @Test(arguments: broken.indices)
    func `a row that cannot be costs itself and no other`(index: Int) throws {
        let (cells, kind) = Self.broken[index]

        let items = try TestFile("name,phone\nAna,\(cells)\nEva,0912345670\n").items()

        #expect(items.map { $0.fault?.kind } == [kind, nil])
        #expect(items.first?.number == 2)
        #expect(items.first?.cells.first == "Ana")
        #expect(items.first?.cells.allSatisfy { $0.count <= 501 } == true)
        #expect(items.last?.cells == ["Eva", "0912345670"])
    }

    @Test func `ten thousand columns are refused with a sentence`() throws {
        let row = Array(repeating: "x", count: 10_000).joined(separator: ",")

        let error = try refusal { _ = try TestFile("\(row)\n\(row)\n").inspect() }

        #expect(error?.detail == "too_many_columns")
        #expect(
            error?.message.en == "The file has more than 500 columns. Delete those that do not belong to the contacts.")
    }

    @Test func `headings without rows are refused with a sentence`() throws {
        let error = try refusal { _ = try TestFile("name,phone,email\n").inspect() }

        #expect(error?.detail == "no_rows")
    }

    @Test func `every fault has a sentence in both languages`() {
        let kinds: [RowFault.Kind] = [
            .unbalancedQuote, .rowTooLong(maxBytes: 1_000_000), .tooManyCells(max: 500),
            .cellTooLong(maxBytes: 100_000),
            .nulByte, .notIn(.utf8), .writtenIn(.utf8, fileIn: .windows1252), .unfinishedCard,
        ]
        for kind in kinds {
            let sentence = RowFault(number: 1, line: 1, kind: kind, cells: []).sentence
            #expect(sentence.en.hasSuffix(".") && sentence.es.hasSuffix(".") && sentence.en != sentence.es)
        }
        #expect(
            RowFault(number: 1, line: 1, kind: .rowTooLong(maxBytes: 1_000_000), cells: []).sentence.en
                == "The row is longer than 1 MB, too long for a contact. Shorten it.")
    }
}
