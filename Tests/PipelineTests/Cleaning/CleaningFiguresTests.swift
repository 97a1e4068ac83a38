import ContactFiles
import Crypto
import Domain
import PhoneNumbers
import Testing

@testable import Pipeline

@Suite struct CleaningFiguresTests {
    private func run(_ text: String) throws -> CleaningRun {
        let file = try ContactFile(pasted: text)
        let inspection = try file.inspect()
        let cleaner = ContactCleaner(
            inspection.mapping, region: PhoneRegion("TW"), key: SymmetricKey(size: .bits256))
        return CleaningRun(try file.rows(inspection.plan), by: cleaner)
    }

    private func figures(_ text: String) throws -> CleaningFigures {
        let run = try run(text)
        while try run.next() != nil {}
        return run.figures
    }

    @Test func `every row is counted once, by verdict, reason, country and kind`() throws {
        let figures = try figures(
            """
            Name,Phone,E-mail
            Ana,0912345678,ana@example.com
            Eva,+34 612 345 678,eva@example.com
            Leo,02 2345 6789,
            Ana,+886 912 345 678,
            Luis,12345,
            Zoe,,zoe@example.com
            """)

        #expect(figures.rows == 6)
        #expect([figures.clean, figures.marked, figures.duplicates, figures.rejected] == [3, 1, 1, 1])
        #expect(figures.countries == ["TW": 2, "ES": 1])
        #expect(figures.kinds == [.mobile: 2, .fixedLine: 1])
        #expect(figures.rejectionTallies.map(\.code) == ["phone_tooShort"])
        #expect(figures.rejectionTallies.first?.samples.map(\.row) == [6])
        #expect(figures.rejectionTallies.first?.samples.map(\.written) == ["12345"])
        #expect(figures.duplicateTallies.map(\.count) == [1])
        #expect(figures.markTallies.map(\.code) == ["no_phone"])
        #expect(abs(figures.shrinkage - 2.0 / 6) < 0.001)
    }

    @Test func `at most twenty rows of a kind are kept, and long cells are cut`() throws {
        let rows = (0..<50).map { _ in "Ana,\(String(repeating: "x", count: 300))" }.joined(separator: "\n")

        let figures = try figures("Name,Phone\nEva,0912345678\n\(rows)")

        let tally = try #require(figures.rejectionTallies.first)
        #expect(tally.count == 50)
        #expect(tally.samples.count == CleaningTally.maxSamples)
        #expect(tally.samples.allSatisfy { $0.written.count == 101 })
    }

    @Test func `a rejected row that says that the person opted out is counted apart, and its reason says so`() throws {
        let run = try run(
            """
            Name,Phone,Opted out
            Ana,0912345678,
            Luis,0987654321 / 0912345679,yes
            Eva,12345,
            """)
        var reasons: [String] = []
        while let row = try run.next() {
            if case .rejected(let rejection) = row.verdict { reasons.append(row.reason(rejection).en) }
        }

        #expect(run.figures.rejected == 2)
        #expect(run.figures.rejectedOptOuts?.count == 1)
        #expect(run.figures.rejectedOptOuts?.samples.map(\.row) == [3])
        let said = "This row says that the person opted out, and that counts."
        #expect(reasons.map { $0.hasSuffix(said) } == [true, false])
    }
}
