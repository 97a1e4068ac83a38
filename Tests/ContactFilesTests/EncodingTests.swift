import ContactFiles
import Domain
import Testing

@Suite struct EncodingTests {
    private static let western =
        "nombre;teléfono;ciudad\nJosé Muñoz;0912345678;Málaga\nConceição;0912345679;São João\nZoë;0912345670;A Coruña\n"
    private static let traditional = "姓名,手機號碼,備註\n陳怡君,0912345678,老客戶\n林志豪,0912345679,台北市信義區\n黃美玲,0912345670,許功蓋\n"
    private static let simplified = "姓名,手机号码,备注\n张伟,13812345678,老客户\n刘洋,13812345679,北京市朝阳区\n陈静,13812345670,上海\n"
    private static let japanese = "name,phone,note\n佐藤さくら,09012345678,東京\n鈴木太郎,09012345679,カタカナ\n高橋ミキ,09012345670,大阪\n"

    static let cases: [(TextEncoding, String)] = [
        (.utf8, western), (.utf8, traditional), (.utf8, simplified), (.utf8, japanese),
        (.utf16LittleEndian, western), (.utf16LittleEndian, traditional), (.utf16BigEndian, western),
        (.utf16BigEndian, japanese), (.windows1252, western), (.big5, traditional), (.gb18030, simplified),
        (.shiftJIS, japanese),
    ]

    @Test(arguments: cases.indices)
    func `the encoding is detected and read`(index: Int) throws {
        let (encoding, text) = Self.cases[index]
        let bytes = try #require(encoded(text, encoding))
        let expected = text.split(separator: "\n").map { $0.split { $0 == ";" || $0 == "," }.map { String($0) } }

        let file = try TestFile(bytes)

        #expect(try file.inspect().plan.encoding == encoding)
        #expect(try file.inspect().headings == expected[0])
        #expect(try file.cells() == Array(expected.dropFirst()))
    }

    @Test(
        arguments: [
            (TextEncoding.utf8, [0xEF, 0xBB, 0xBF]), (.utf16LittleEndian, [0xFF, 0xFE]),
            (.utf16BigEndian, [0xFE, 0xFF]),
        ] as [(TextEncoding, [UInt8])])
    func `the mark at the beginning is no part of the first heading`(encoding: TextEncoding, mark: [UInt8]) throws {
        let bytes = mark + (try #require(encoded(Self.traditional, encoding)))

        let inspection = try TestFile(bytes).inspect()

        #expect(inspection.plan.encoding == encoding)
        #expect(inspection.headings.first == "姓名")
        #expect(inspection.columns.first?.guess.meaning == .name)
    }

    @Test func `a few names are enough in a file of ASCII`() throws {
        var text = "name,phone\n"
        for index in 0..<3000 { text += "Customer \(index),09\(10_000_000 + index)\n" }
        for (encoding, name) in [
            (TextEncoding.windows1252, "José Peña"), (.big5, "陳怡君"), (.gb18030, "张伟"), (.shiftJIS, "佐藤さくら"),
        ] {
            let bytes = try #require(encoded(text + "\(name),0911111111\n", encoding))
            #expect(try TestFile(bytes).inspect().plan.encoding == encoding, "\(encoding)")
        }
    }

    @Test(arguments: [
        "JOÃO", "CONCEIÇÃO", "São Paulo", "SÃO PAULO", "ÁNGEL", "Ângela", "ÀNGELS", "NUÑEZ", "TELÉFONO", "Nº", "GRÖSSE",
        "ÅSA ÆRØ", "Noël", "coração", "ÇÃO", "Zoë €5", "“Ana”", "L’Hospitalet", "AÇÕES", "ÍÑIGO",
    ])
    func `one word with an accent in a file of ASCII is no Chinese`(word: String) throws {
        let bytes = try #require(encoded("name,phone,city\nAna,0912345678,x\nEva,0912345679,\(word)\n", .windows1252))

        #expect(try TestFile(bytes).inspect().plan.encoding == .windows1252)
        #expect(try TestFile(bytes).cells().last?.last == word)
    }

    @Test(arguments: ["陳", "林", "王小明", "Mr陳", "陳A", "A陳B", "許功蓋", "何", "B1樓之2", "０９１２"])
    func `one Chinese word in a file of ASCII is Chinese`(word: String) throws {
        let bytes = try #require(encoded("name,phone,city\nAna,0912345678,x\nEva,0912345679,\(word)\n", .big5))

        #expect(try TestFile(bytes).inspect().plan.encoding == .big5)
    }

    @Test func `the person may choose another encoding`() throws {
        let bytes = try #require(encoded("name,phone\n陳,0912345678\n", .big5))
        var choices = ReadingChoices()
        choices.encoding = .windows1252

        #expect(try TestFile(bytes).inspect().plan.encoding == .big5)
        #expect(try TestFile(bytes).inspect(choices).sample.first?.cells.first == "³¯")
    }

    @Test func `a line of another encoding is reported by its row, in a file of UTF-8`() throws {
        var bytes = Array("name,phone\nJosé,0912345678\nÍñigo,0912345677\nAna María,0912345676\n".utf8)
        bytes += try #require(encoded("Peña,0912345679\n", .windows1252))
        bytes += Array("Eva,0912345670\n".utf8)

        let items = try TestFile(bytes).items()

        #expect(items.compactMap { $0.fault?.kind } == [.notIn(.utf8)])
        #expect(items[3].number == 5)
        #expect(items[3].fault?.line == 5)
        #expect(items[3].cells == ["Pe\u{FFFD}a", "0912345679"])
        #expect(items[4].cells == ["Eva", "0912345670"])
    }

    @Test func `lines of several encodings are read as UTF-8 when as many are of it as of any other`() throws {
        var bytes = Array("name,phone\nJosé,0912345678\nÍñigo,0912345677\n".utf8)
        bytes += try #require(encoded("Peña,0912345679\n", .windows1252))
        bytes += try #require(encoded("陳怡君,0912345670\n", .big5))

        let items = try TestFile(bytes).items()

        #expect(items.map { $0.fault?.kind } == [nil, nil, .notIn(.utf8), .notIn(.utf8)])
        #expect(items.first?.cells == ["José", "0912345678"])
    }

    static let mixed: [(encoding: TextEncoding, text: String, name: String)] = [
        (
            TextEncoding.windows1252, "nombre,teléfono\nPeña,0912345678\nGarcía,0912345670\nMuñoz,0912345671\n",
            "José Íñigo"
        ),
        (.big5, "姓名,手機號碼\n陳怡君,0912345678\n林志豪,0912345670\n", "黃美玲"),
    ]

    @Test(arguments: mixed.indices)
    func `a line of UTF-8 in a file of another encoding is reported, not mangled`(index: Int) throws {
        let (encoding, text, name) = Self.mixed[index]
        let bytes = try #require(encoded(text, encoding)) + Array("\(name),0912345679\n".utf8)

        let items = try TestFile(bytes).items()

        #expect(items.last?.fault?.kind == .writtenIn(.utf8, fileIn: encoding))
        #expect(items.count { $0.fault != nil } == 1)
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .big5, .shiftJIS, .gb18030, .windows1252])
    func `bytes that mean nothing never pass for text`(encoding: TextEncoding) throws {
        var dice = SeededDice(seed: 11)
        for _ in 0..<200 {
            let count = Int.random(in: 1...400, using: &dice)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &dice) }
            var choices = ReadingChoices()
            choices.encoding = encoding
            choices.kind = .delimited
            // Whatever they are, reading them ends.
            _ = try refusal { _ = try TestFile(bytes).items(choices) }
        }
    }

    @Test func `half a pair at the end of UTF-16 is reported`() throws {
        let bytes = try #require(encoded("name,phone\nAna,0912345678\nEva,0912345679", .utf16LittleEndian)) + [0x41]
        var choices = ReadingChoices()
        choices.encoding = .utf16LittleEndian

        let items = try TestFile(bytes).items(choices)

        #expect(items.last?.fault?.kind == .notIn(.utf16LittleEndian))
    }

    @Test func `a bar that is half of a Big5 character is no delimiter`() throws {
        // 中 is A4A4; 功 A55C ends with a backslash, 一 A440 with an at sign, 許 B37C with a bar.
        let bytes = try #require(encoded("姓名|電話|備註\n許功蓋|0912345678|一中許\n", .big5))

        #expect(try TestFile(bytes).cells() == [["許功蓋", "0912345678", "一中許"]])
    }
}
