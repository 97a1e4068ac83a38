import ContactFiles
import Testing

@Suite struct LooseTextTests {
    @Test(arguments: [
        ("Ana López +34 612 345 678", ["Ana López", "+34 612 345 678", ""]),
        ("+886912345678 - Ana", ["Ana", "+886912345678", ""]),
        ("Ana <ana@example.com> 0912-345-678", ["Ana", "0912-345-678", "ana@example.com"]),
        ("0912345678", ["", "0912345678", ""]),
        ("• Luis: (02) 2345-6789", ["Luis", "(02) 2345-6789", ""]),
        ("陳怡君 0912345678", ["陳怡君", "0912345678", ""]),
        ("ana@example.com", ["", "", "ana@example.com"]),
        ("Luis, 0912 345 678", ["Luis", "0912 345 678", ""]),
        ("ask Maria first", ["ask Maria first", "", ""]),
        ("Luis 2 of 3: 0912345678", ["Luis 2 of 3", "0912345678", ""]),
    ])
    func `a pasted line is a name, a number and an address`(line: String, cells: [String]) throws {
        let file = try ContactFile(pasted: "call these please!\n\(line)\n")
        let inspection = try file.inspect()

        let items = try file.items(inspection.plan)

        #expect(inspection.plan.kind == .lines)
        #expect(items.last?.cells == cells)
        #expect(inspection.columns.map(\.guess.meaning) == [.name, .phone, .email])
    }

    @Test func `numbers beside each other are a person each`() throws {
        let file = try ContactFile(pasted: "0912345678, 0912345679;+34 612 345 678\n0912345670\n")

        let items = try file.items(try file.inspect().plan)

        #expect(
            items.map { $0.cells.dropFirst().first } == ["0912345678", "0912345679", "+34 612 345 678", "0912345670"])
        #expect(items.map(\.number) == [1, 1, 1, 2])
    }

    @Test func `reading goes on in the middle of a line of several persons`() throws {
        let file = try ContactFile(pasted: "0912345678, 0912345679, 0912345670\n0912345671, 0912345672\n")
        let plan = try file.inspect().plan
        let all = try file.items(plan)

        for count in 0...all.count {
            let reader = try file.rows(plan)
            for _ in 0..<count { _ = try reader.next() }
            #expect(try file.items(plan, from: reader.checkpoint) == Array(all.dropFirst(count)))
        }
    }

    @Test func `a pasted table is a table`() throws {
        let file = try ContactFile(pasted: "Name\tPhone\nAna\t0912345678\nEva\t0912345679\n")
        let inspection = try file.inspect()

        #expect(inspection.plan.kind == .delimited)
        #expect(inspection.plan.delimiter == .tab)
        #expect(try file.items(inspection.plan).map(\.cells) == [["Ana", "0912345678"], ["Eva", "0912345679"]])
    }

    @Test func `pasted cards are cards`() throws {
        let file = try ContactFile(pasted: "BEGIN:VCARD\nFN:Ana\nTEL:0912345678\nEND:VCARD\n")

        #expect(try file.inspect().plan.kind == .vCard)
    }

    @Test func `one column with a heading is a table of one column`() throws {
        let file = try ContactFile(pasted: "phone\n0912345678\n0912345679\n")
        let inspection = try file.inspect()

        #expect(inspection.plan.kind == .delimited)
        #expect(inspection.headings == ["phone"])
        #expect(try file.items(inspection.plan).map(\.cells) == [["0912345678"], ["0912345679"]])
    }

    @Test func `prose is reported and takes no time`() throws {
        let file = try ContactFile(pasted: "0912345678\n" + String(repeating: "a ", count: 400_000) + "\n0912345679\n")

        let items = try file.items(ReadingPlan(kind: .lines))

        #expect(items.map { $0.fault?.kind } == [nil, .cellTooLong(maxBytes: 4000), nil])
    }
}
