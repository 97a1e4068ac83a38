import Domain
import Testing

@testable import Store

/// What the report says is what happens, whatever the sizes of the slices in which rows are checked and written.
@Suite struct ImportReportTests {
    private static let options = ImportOptions.having {
        $0.existing = .overwrite
        $0.consent = ImportOptions.everybodyAgreed.consent
    }

    /// People who share numbers and addresses with each other and with people who are here, some more than once, some of
    /// whom opted out.
    private static func tangle() -> [JudgedRow] {
        var rows: [JudgedRow] = []
        for index in 0..<40 {
            let number = rows.count + 2
            let phone = "3468800\(1000 + index)"
            switch index % 8 {
            case 0: rows.append(.person(number, phone, "34916660000", name: "Nr. \(index)"))
            case 1: rows.append(.person(number, phone, "34600000001", email: "new\(index)@example.com"))
            case 2: rows.append(.person(number, "34600000002", phone, email: "second@example.com"))
            case 3: rows.append(.person(number, email: "old@example.com") { $0.optedOut = index > 20 })
            case 4: rows.append(.person(number, phone, email: "sola@example.com"))
            case 5: rows.append(.person(number, phone, email: "zweit@example.com"))
            case 6: rows.append(.optingOut(number, "3468800\(1000 + index - 6)", "34600000001"))
            default: rows.append(.optingOut(number, "3468800\(1000 + index + 1)", email: "nobody@example.com"))
            }
        }
        return rows
    }

    private static let known: [JudgedRow] = [
        .person(2, "34600000001", name: "Ana", email: "ana@example.com"),
        .person(3, "34600000002", name: "Luis", email: "old@example.com"), .person(4, email: "sola@example.com"),
    ]

    @Test(arguments: TestDatabase.available)
    func `what is shown is what happens, in whatever slices`(engine: TestDatabase) async throws {
        var reports: [ImportReport] = []
        for slices in [(check: 1, write: 100), (check: 100, write: 1), (check: 7, write: 3), (check: 100, write: 100)] {
            try await engine.withWorld { world in
                try await world.bring(Self.known)

                let record = try await world.check(Self.tangle(), Self.options, slice: slices.check)
                let report = try required(record.report)
                let done = try await world.write(record, slice: slices.write)

                let result = try required(done.result)
                let shown: [Int] = [
                    report.new, report.fills, report.changes, report.same, 0, report.consents, report.withdrawals,
                ]
                let written: [Int] = [
                    result.new, result.fills, result.changes, result.same, result.refused, result.consents,
                    result.withdrawals,
                ]
                #expect(written == shown, "\(slices)")
                #expect(try await world.store.look("SELECT COUNT(*) AS n FROM contact") == 3 + report.new)
                reports.append(report)
            }
        }
        #expect(reports.allSatisfy { $0 == reports.first })
        #expect(reports.first.map { $0.new > 10 && $0.duplicates > 3 && $0.withdrawals > 3 } == true)
    }

    @Test(arguments: [1, 100])
    func `an opt-out counts in whichever row it stands, for everybody whom the row names`(slice: Int) async throws {
        try await TestDatabase.sqlite.withWorld { world in
            try await world.bring(
                [.person(2, "34600000001"), .person(3, "34600000002"), .person(4, email: "cai@example.com")],
                .everybodyAgreed)
            let rows: [JudgedRow] = [
                // Several numbers in one cell, and a cell that is none, beside an address.
                .optingOut(2, "34600000001", "34600000009"), .optingOut(3, email: "Cai@example.com"),
                // One of its numbers is another's.
                .person(4, "34600000003", "34600000002") { $0.optedOut = true },
                // A later row brings somebody of whom an earlier one said so.
                .person(5, "34600000009"), .person(6, "34600000004"),
                .optingOut(7, "34600000004", as: .duplicate), .optingOut(8, "34600000004", as: .duplicate),
            ]

            let record = try await world.check(rows, .everybodyAgreed, slice: slice)

            let shown = try await world.store.importRows(record.id, in: world.workspace).items
            #expect(shown[0].notes.map(\.code) == ["opt_out_counts"])
            #expect(shown[3].notes.map(\.code) == ["opted_out_earlier"])
            #expect(record.report?.withdrawals == 6)
            let done = try await world.write(record, slice: slice)
            #expect(done.result?.withdrawals == 6)
            #expect(done.result?.consents == 1)
            let granted = "SELECT COUNT(*) AS n FROM consent WHERE standing = 'granted'"
            #expect(try await world.store.look(granted) == 0)
            #expect(try await world.store.look("SELECT COUNT(*) AS n FROM consent") == 6)
            let again = try await world.check(rows, .everybodyAgreed, slice: slice)
            #expect(again.report?.withdrawals == 0)
        }
    }

    @Test(arguments: TestDatabase.available)
    func `a list of opt-outs alone is of use, and is put back`(engine: TestDatabase) async throws {
        try await engine.withWorld { world in
            try await world.bring([.person(2, "34600000001")], .everybodyAgreed)
            let before = try await world.image()

            let done = try await world.bring([.optingOut(2, "34600000001", "34600000002")])

            #expect(done.result?.withdrawals == 1)
            #expect(try await world.store.look("SELECT standing FROM consent", as: String.self) == "withdrawn")
            _ = try await world.store.undo(try required(done.changeID), in: world.workspace, by: "Ana")
            #expect(try await world.image().differences(from: before) == [])
        }
    }
}
