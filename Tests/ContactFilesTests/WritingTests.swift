import ContactFiles
import Domain
import Foundation
import Testing

@Suite struct WritingTests {
    /// What a writer writes, as bytes.
    private func written(_ style: CSVStyle, _ rows: [[String]]) throws -> [UInt8] {
        let file = try TestFile([])
        let descriptor = open(file.path, O_WRONLY)
        defer { close(descriptor) }
        let writer = CSVWriter(descriptor, style: style)
        for row in rows { try writer.write(row) }
        try writer.flush()
        return Array(try Data(contentsOf: URL(filePath: file.path)))
    }

    private func text(_ style: CSVStyle, _ row: [String]) throws -> String {
        String(decoding: try written(style, [row]), as: UTF8.self)
    }

    static let guarded: [(cell: String, expected: String)] = [
        ("=SUM(A1)", "'=SUM(A1)"), ("+1+1", "'+1+1"), ("-5", "'-5"), ("@here", "'@here"), ("\tx", "\"'\tx\""),
        ("\rx", "\"'\rx\""),
        ("\nx", "\"'\nx\""), ("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"), ("'=1", "''=1"),
        ("''+1", "'''+1"),
        ("'x", "'x"), ("'", "'"), ("a=1", "a=1"), ("", ""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("a,b", "\"a,b\""),
        (" a", "\" a\""),
        ("+886912345678", "+886912345678"), ("+886 912", "'+886 912"), ("+12345", "'+12345"),
        ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
    ]

    @Test(arguments: guarded.indices)
    func `cells that a spreadsheet would run are guarded`(index: Int) throws {
        let (cell, expected) = Self.guarded[index]

        #expect(try text(.plain, ["x", cell]) == "x,\(expected)\r\n")
    }

    @Test func `for spreadsheets there is a mark, and numbers are guarded to stay readable`() throws {
        #expect(try text(.spreadsheet, ["Ana", "+886912345678"]) == "\u{FEFF}Ana,'+886912345678\r\n")
    }

    @Test func `for spreadsheets digits that would be lost are guarded`() throws {
        let row = ["0912345678", "886912345678", "12345", "0", "'007"]

        #expect(try text(.spreadsheet, row) == "\u{FEFF}'0912345678,'886912345678,12345,0,''007\r\n")
        #expect(try text(.plain, row) == "0912345678,886912345678,12345,0,''007\r\n")
    }

    @Test(arguments: [
        CSVStyle.plain, .spreadsheet, CSVStyle(delimiter: .tab, hasByteOrderMark: true, leavesPhonesBare: true),
        CSVStyle(delimiter: .semicolon, hasByteOrderMark: false, leavesPhonesBare: false),
        CSVStyle(delimiter: .bar, hasByteOrderMark: false, leavesPhonesBare: false),
    ])
    func `what is written comes back, whatever it is`(style: CSVStyle) throws {
        var dice = SeededDice(seed: 17)
        for round in 0..<60 {
            let rows = randomRows(&dice, letters: "aé漢😀ñ'\"=+-@＝\t\r\n ,;|09")
            var plan = ReadingPlan(kind: .delimited, delimiter: style.delimiter)
            plan.headingRow = nil

            let file = try TestFile(try written(style, rows))

            #expect(try file.open().items(plan).map(\.cells) == rows, "round \(round)")
        }
    }

    static let alphabets: [(encoding: TextEncoding, letters: String)] = [
        (TextEncoding.utf16LittleEndian, "aé漢😀ñ'\"=+-@＝\t\r\n ,;|09"), (.utf16BigEndian, "aé漢😀ñ'\"=+-@\t\r\n ,;09"),
        (.windows1252, "aéñÇß€'\"=+-@\t\r\n ,;|09"), (.big5, "a漢陳功許蓋一'\"=+-@＝\t\r\n ,;|09"),
        (.shiftJIS, "aあソ表能'\"=+-@\t\r\n ,;|09"),
        (.gb18030, "aé汉张'\"=+-@＝\t\r\n ,;|09😀"),
    ]

    @Test(arguments: alphabets.indices)
    func `what is written comes back from every encoding`(index: Int) throws {
        let (encoding, letters) = Self.alphabets[index]
        var dice = SeededDice(seed: 23)
        for round in 0..<60 {
            let rows = randomRows(&dice, letters: letters)
            let utf8 = String(decoding: try written(.plain, rows), as: UTF8.self)
            let file = try TestFile(try #require(encoded(utf8, encoding)))

            let read = try file.open().items(ReadingPlan(kind: .delimited, encoding: encoding))

            // A line of another encoding that happens to be whole in UTF-8 is refused, never misread.
            for (item, row) in zip(read, rows) where item.fault == nil { #expect(item.cells == row, "round \(round)") }
            #expect(read.count == rows.count)
            #expect(read.count { $0.fault != nil } <= (encoding == .windows1252 ? 3 : 0))
        }
    }

    /// None blank, and none with a line end of its own kind alone.
    private func randomRows(_ dice: inout SeededDice, letters: String) -> [[String]] {
        let letters = Array(letters.unicodeScalars)
        let columns = Int.random(in: 1...6, using: &dice)
        return (0..<Int.random(in: 1...30, using: &dice)).map { _ in
            (0..<columns).map { column in
                let count = Int.random(in: 0...12, using: &dice)
                var cell = String.UnicodeScalarView()
                for _ in 0..<count { cell.append(letters.randomElement(using: &dice) ?? "x") }
                return column == 0 ? "x" + String(cell) : String(cell)
            }
        }
    }

    @Test func `rejected rows keep their columns and say why`() throws {
        let source = try TestFile("Nombre;;Teléfono\nAna;=1;abc\nEva;\"x;y\";0912;extra\nLuis;\"open;1\n")
        let inspection = try source.inspect()
        let out = try TestFile([])
        let descriptor = open(out.path, O_WRONLY)
        defer { close(descriptor) }

        let writer = try RejectedRowsWriter(headings: inspection.headings, language: .spanish, to: descriptor)
        for item in try source.items() {
            try writer.write(
                item, reason: item.fault?.sentence ?? LocalizedText(en: "No number.", es: "No hay número."))
        }
        try writer.flush()

        let again = try out.inspect()
        #expect(again.headings == ["Nombre", "B", "Teléfono", "D", "Fila", "Motivo del rechazo"])
        let cells = try out.cells()
        #expect(
            cells.map { Array($0.suffix(2)) } == [
                ["2", "No hay número."], ["3", "No hay número."],
                ["4", "Aquí se abre una comilla que nunca se cierra. Ciérrela o quítela."],
            ])
        #expect(
            cells.map { Array($0.prefix(3)) } == [
                ["Ana", "=1", "abc"], ["Eva", "x;y", "0912"], ["Luis", "\"open", "1"],
            ])
    }

    @Test func `cells without a column go beside the reason`() throws {
        let out = try TestFile([])
        let descriptor = open(out.path, O_WRONLY)
        defer { close(descriptor) }
        let writer = try RejectedRowsWriter(
            headings: ["Name", "Phone"], language: .english, to: descriptor, style: .plain)

        try writer.write(
            .row(FileRow(number: 9, line: 9, cells: ["Ana", "1", "more", "", "still"])),
            reason: LocalizedText(en: "Too short.", es: "Corto."))
        try writer.flush()

        let text = String(decoding: try Data(contentsOf: URL(filePath: out.path)), as: UTF8.self)
        #expect(text == "Name,Phone,Row,Reason for rejection\r\nAna,1,9,Too short. [more | still]\r\n")
    }

    @Test func `a full disk is told with a sentence`() throws {
        let descriptor = open("/dev/full", O_WRONLY)
        defer { close(descriptor) }
        let writer = CSVWriter(descriptor, style: .plain)
        try writer.write(["Ana"])

        #expect(try refusal { try writer.flush() }?.detail == "export_failed")
    }
}
