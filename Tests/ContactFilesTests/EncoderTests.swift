import Domain
import Testing

@testable import ContactFiles

/// Files that are written in pieces, read again by our own reader.
@Suite struct EncoderTests {
    private static let rows = [
        ["+525512345678", "Ana & <Luis>", "=SUM(A1)", "007"], ["", "Zoë \"Z\"", "two\nlines", "12345678901234"],
        ["", "", "王芳 🙂", " blank "],
    ]

    private func read(_ bytes: [UInt8], sheet: Int? = nil) throws -> (headings: [String], rows: [[String]]) {
        let file = try TestFile(bytes)
        let opened = try file.open()
        var choices = ReadingChoices()
        choices.sheet = sheet
        choices.headings = .row(1)
        let inspection = try opened.inspect(choices)
        let reader = try opened.rows(inspection.plan)
        var rows: [[String]] = []
        while let item = try reader.next() { rows.append(item.cells) }
        return (inspection.headings, rows)
    }

    @Test func `a workbook holds every cell as the text that it is`() throws {
        var encoder = WorkbookEncoder(name: "Contactos & más", headings: ["Teléfono", "Nombre", "Nota", "Código"])
        var bytes: [UInt8] = []
        for row in Self.rows {
            try encoder.add(row)
            bytes += encoder.take()
        }
        try encoder.finish()
        bytes += encoder.take()

        let (headings, rows) = try read(bytes)
        #expect(headings == ["Teléfono", "Nombre", "Nota", "Código"])
        #expect(rows == Self.rows)
    }

    @Test func `rows beyond a sheet go on in the next one, under the same headings`() throws {
        var encoder = WorkbookEncoder(name: "Contacts", headings: ["Phone"], rowsInSheet: 3)
        for number in 1...5 { try encoder.add(["+3460000000\(number)"]) }
        try encoder.finish()
        let bytes = encoder.take()

        #expect(try read(bytes, sheet: 0).rows.map { $0[0] } == ["+34600000001", "+34600000002"])
        #expect(try read(bytes, sheet: 2).rows.map { $0[0] } == ["+34600000005"])
    }

    @Test func `a workbook without rows has its headings`() throws {
        var encoder = WorkbookEncoder(name: "Contacts", headings: ["Phone", "Name"])
        try encoder.finish()
        let file = try TestFile(encoder.take())
        #expect(throws: PuenteError.noRows) { try file.open().inspect() }
    }

    @Test func `pieces packed one by one are one part`() throws {
        var encoder = WorkbookEncoder(name: "Contacts", headings: ["Name"])
        let names = (0..<20_000).map { "Nombre número \($0)" }
        var bytes: [UInt8] = []
        for name in names {
            try encoder.add([name])
            bytes += encoder.take()
        }
        try encoder.finish()
        bytes += encoder.take()

        #expect(try read(bytes).rows.map { $0[0] } == names)
        #expect(bytes.count < names.joined().utf8.count)
    }

    @Test func `a vCard says again what it was given`() throws {
        var person = VCardPerson()
        person.name = "Ana; \"la\" Pérez, S.A. de un nombre muy largo que no cabe en una sola línea de la tarjeta"
        person.phones = ["+525512345678", "+34612345678"]
        person.emails = ["ana@example.com"]
        person.company = "Ejemplo, S.A."
        person.labels = ["VIP", "Feria, 2026"]
        person.birthday = "1990-05-17"
        person.note = "una\ndos"
        var encoder = VCardEncoder()
        encoder.add(person)
        encoder.add(VCardPerson())
        let bytes = encoder.take()

        #expect(bytes.split(separator: 0x0A).allSatisfy { $0.count <= 76 })
        let (headings, rows) = try read(bytes)
        let cells = Dictionary(uniqueKeysWithValues: zip(headings, try #require(rows.first)))
        #expect(cells["Name"] == person.name)
        #expect(cells["Phone 1"] == "+525512345678")
        #expect(cells["Phone 2"] == "+34612345678")
        #expect(cells["Company"] == "Ejemplo, S.A.")
        #expect(cells["Labels"] == "VIP, \"Feria, 2026\"")
        #expect(cells["Birthday"] == "1990-05-17")
        #expect(cells["Notes"] == "una\ndos")
    }
}
