import ContactFiles
import Testing

@Suite struct CheckpointTests {
    static let files: [(String, [UInt8])] = [
        ("csv", Array("name,phone\nAna,1\n\n\"Luis\nLee\",2\n\"Mo,3\nEva,4\r\nLast,5".utf8)),
        (
            "utf-16",
            [0xFF, 0xFE] + (encoded("name;phone\nÁna;1\n\"Luis\r\nLee\";2\nEva;4\n", .utf16LittleEndian) ?? [])
        ),
        ("a hint", Array("sep=;\nname;phone\nAna;1\nEva;2\n".utf8)),
        (
            "cards",
            Array(
                "BEGIN:VCARD\nFN:Ana\nEND:VCARD\n\nBEGIN:VCARD\nFN:Eva\nNOTE:a\n b\nEND:VCARD\nBEGIN:VCARD\nFN:Mo\n"
                    .utf8)
        ),
        ("lines", Array("Ana 0912345678\n\n0912345679, 0912345670\nEva 0912345671\n".utf8)),
        (
            "workbook",
            TestWorkbook(
                "<row r='1'><c r='A1' t='inlineStr'><is><t>phone</t></is></c></row>"
                    + (2..<3000).map { "<row r='\($0 * 2)'><c r='A\($0 * 2)'><v>91234\($0)</v></c></row>" }.joined()
            ).bytes
        ),
    ]

    @Test(arguments: files.indices)
    func `reading goes on where it stopped`(index: Int) throws {
        let file = try TestFile(Self.files[index].1).open()
        let plan = try file.inspect().plan
        let all = try file.items(plan)
        var dice = SeededDice(seed: 1)

        for _ in 0..<10 {
            let count = Int.random(in: 0...all.count, using: &dice)
            let reader = try file.rows(plan)
            for _ in 0..<count { _ = try reader.next() }

            let rest = try file.items(plan, from: reader.checkpoint)

            #expect(rest == Array(all.dropFirst(count)), "\(Self.files[index].0) after \(count)")
        }
    }

    @Test(arguments: files.indices)
    func `progress only grows and ends with the file`(index: Int) throws {
        let file = try TestFile(Self.files[index].1).open()
        let reader = try file.rows(try file.inspect().plan)
        var shares = [reader.progress.share]

        while try reader.next() != nil { shares.append(reader.progress.share) }
        shares.append(reader.progress.share)

        #expect(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(shares.last == 1)
    }
}
