import ContactFiles
import Domain
import Testing

@Suite struct VCardTests {
    private func card(_ lines: String...) -> String {
        (["BEGIN:VCARD", "VERSION:3.0"] + lines + ["END:VCARD", ""]).joined(separator: "\r\n")
    }

    /// What a card says under a heading.
    private func value(_ heading: String, _ cells: [String]) throws -> String {
        let file = try TestFile(card("FN:x"))
        let column = try #require(try file.inspect().columns.first { $0.heading == heading })
        return cells[column.index]
    }

    @Test func `version 2.1: quoted-printable, charsets, soft line breaks, a photograph between`() throws {
        let file = try TestFile.fixture("version-2.1.vcf")

        let cells = try #require(try file.cells().first)

        #expect(try file.inspect().plan.kind == .vCard)
        #expect(try value("Name", cells) == "陳怡君")
        #expect(try value("Family name", cells) == "陳")
        #expect(try value("Given name", cells) == "怡君")
        #expect(try value("Phone 1", cells) == "0912-345-678")
        #expect(try value("Phone 2", cells) == "(02) 2345 6789")
        #expect(try value("Phone 3", cells) == "(02) 2345 6780")
        #expect(try value("E-mail 1", cells) == "ana@example.com")
        #expect(try value("Company", cells) == "大同")
        #expect(try value("Notes", cells) == "first\r\nsecond and third")
        #expect(try value("Birthday", cells) == "1985-04-12")
    }

    @Test func `version 3.0: groups, escapes, folded lines, several numbers, preferred first`() throws {
        let cells = try TestFile.fixture("version-3.0.vcf").cells()

        let first = try #require(cells.first)
        #expect(cells.count == 2)
        #expect(try value("Name", first) == "José Luis Muñoz")
        #expect(try value("Family name", first) == "Muñoz; Gil")
        #expect(try value("Phone 1", first) == "+34 698 76 54 32")
        #expect(try value("Phone 2", first) == "+34 612 34 56 78")
        #expect(try value("Phone 3", first) == "+34 91 123 45 67")
        #expect(try value("E-mail 1", first) == "j.munoz@example.com")
        #expect(try value("WhatsApp ID", first) == "34612345678")
        #expect(try value("Company", first) == "Nova, Filhos & Cía")
        #expect(try value("Country", first) == "España")
        #expect(try value("Labels", first) == "vip, \"mayorista,norte\"")
        #expect(
            try value("Notes", first)
                == "prefers WhatsApp, never calls\nsecond line with a very long text that is folded by the phone and goes on here"
        )
        #expect(try value("UID", first) == "b7a1-77")
        #expect(try value("Name", cells[1]) == "Ferretería Sol")
    }

    @Test func `version 4.0: numbers as addresses, parameters in quotation marks`() throws {
        let cells = try #require(try TestFile.fixture("version-4.0.vcf").cells().first)

        #expect(try value("Name", cells) == "Conceição da Silva")
        #expect(try value("Phone 1", cells) == "+5511961230987")
        #expect(try value("Phone 2", cells) == "+55-11-96123-0986 ext. 12")
        #expect(try value("E-mail 1", cells) == "conceicao@example.com")
        #expect(try value("Language", cells) == "pt-BR")
        #expect(try value("Country", cells) == "Brasil")
        #expect(try value("Notes", cells) == "kept: yes")
    }

    @Test(arguments: [TextEncoding.utf8, .utf16LittleEndian, .utf16BigEndian, .windows1252])
    func `cards are read in every encoding`(encoding: TextEncoding) throws {
        let text =
            card("FN:José Muñoz", "TEL:0912345678", "NOTE:Málaga y", "  Cádiz") + card("FN:Íñigo", "TEL:0912345679")

        let file = try TestFile(try #require(encoded(text, encoding)))

        #expect(try file.inspect().plan.encoding == encoding)
        #expect(try file.cells().map { $0[0] } == ["José Muñoz", "Íñigo"])
        #expect(try value("Notes", try file.cells()[0]) == "Málaga y Cádiz")
    }

    @Test func `a line folded in the middle of a character is whole again`() throws {
        var bytes = Array("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Jos".utf8)
        bytes += [0xC3, 0x0D, 0x0A, 0x20, 0xA9]
        bytes += Array(" Gil\r\nTEL:0912345678\r\nEND:VCARD\r\n".utf8)

        #expect(try TestFile(bytes).cells().first?.first == "José Gil")
    }

    @Test func `quoted-printable in another charset is read by it`() throws {
        let big5 = try #require(encoded("陳怡君", .big5)).map { "=" + String($0, radix: 16, uppercase: true) }.joined()

        let cells = try TestFile(card("FN;CHARSET=BIG5;ENCODING=QUOTED-PRINTABLE:\(big5)", "TEL:0912345678")).cells()

        #expect(cells.first?.first == "陳怡君")
    }

    @Test func `a card without an end is reported and the next one is read`() throws {
        let text =
            "BEGIN:VCARD\r\nFN:Ana\r\nTEL:0912345678\r\n" + card("FN:Eva", "TEL:0912345679")
            + "BEGIN:VCARD\r\nFN:Mo\r\n"

        let items = try TestFile(text).items()

        #expect(items.map { $0.fault?.kind } == [.unfinishedCard, nil, .unfinishedCard])
        #expect(items.map { $0.cells[0] } == ["Ana", "Eva", "Mo"])
        #expect(items.map(\.number) == [1, 2, 3])
    }

    @Test func `another person's card inside a card is passed over`() throws {
        let text = card(
            "FN:Ana", "AGENT:", "BEGIN:VCARD", "FN:Secretary", "TEL:0911111111", "END:VCARD", "TEL:0912345678")

        let items = try TestFile(text).items()

        #expect(items.count == 1)
        #expect(try value("Phone 1", items[0].cells) == "0912345678")
        #expect(try value("Phone 2", items[0].cells) == "")
    }

    @Test func `more numbers than columns are remarked on`() throws {
        let lines = (0..<8).map { "TEL:091234567\($0)" }

        let item = try TestFile(
            card("FN:Ana").replacing("END:VCARD", with: lines.joined(separator: "\r\n") + "\r\nEND:VCARD")
        ).items().first

        #expect(item?.row?.remark == .moreValues(count: 3))
        #expect(
            item?.row?.remark?.sentence.en == "The card has 3 more numbers or addresses than fit; they were left out.")
        #expect(
            RowRemark.moreValues(count: 1).sentence.en
                == "The card has one number or address more than fit; it was left out.")
    }

    @Test func `photographs of megabytes cost no memory and no row`() throws {
        let photo = String(repeating: "\r\n " + String(repeating: "A", count: 70), count: 60_000)

        let cells = try TestFile(card("FN:Ana", "PHOTO;ENCODING=b;TYPE=JPEG:" + photo, "TEL:0912345678")).cells()

        #expect(cells.count == 1)
        #expect(try value("Phone 1", cells[0]) == "0912345678")
    }

    static let broken: [(lines: [String], kind: RowFault.Kind)] = [
        (["NOTE:" + String(repeating: "x", count: 200_000)], .cellTooLong(maxBytes: 100_000)),
        (["NOTE:a\u{0}b"], .nulByte),
        (
            Array(repeating: "NOTE:" + String(repeating: "x", count: 90_000), count: 12),
            .rowTooLong(maxBytes: 1_000_000)
        ),
    ]

    @Test(arguments: broken.indices)
    func `a card that cannot be costs itself and no other`(index: Int) throws {
        let (lines, kind) = Self.broken[index]
        let first = card("FN:Ana").replacing("END:VCARD", with: lines.joined(separator: "\r\n") + "\r\nEND:VCARD")

        let items = try TestFile(first + card("FN:Eva", "TEL:0912345679")).items()

        #expect(items.map { $0.fault?.kind } == [kind, nil])
        #expect(items.first?.cells.first == "Ana")
    }

    @Test func `broken lines never stop the reading`() throws {
        var dice = SeededDice(seed: 5)
        let alphabet = Array("AB:;=,\\\"\r\n \tFNTEL+0é漢")
        for _ in 0..<300 {
            let noise = String(
                (0..<Int.random(in: 0...200, using: &dice)).map { _ in alphabet.randomElement(using: &dice) ?? "x" })
            let items = try TestFile("BEGIN:VCARD\r\nFN:Ana\r\n\(noise)\r\nEND:VCARD\r\n" + card("FN:Eva", "TEL:1"))
                .items()
            #expect(items.last?.cells.first == "Eva")
        }
    }
}
