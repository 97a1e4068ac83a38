import Domain
import Store
import Testing

@testable import Console

@Suite struct BackfillProgressTests {
    private func progress(_ done: Int, of expected: Int?, _ language: Language = .english) throws -> BackfillProgress {
        let run = BackfillFacts.Run(
            .running, .fromCRM, done: done, expected: expected, share: Backfill.share(done, of: expected))
        return BackfillProgress(BackfillSamples.facts(run), in: try SampleWorld(language).context)
    }

    @Test func `the bar is as long as what is done`() throws {
        let half = try progress(500, of: 900)
        #expect(half.thousandths == "555")
        #expect(half.figures == "500 of 900")
        #expect(try progress(900, of: 900).thousandths == "1000")
    }

    @Test(arguments: [(Language.english, "250 so far"), (.spanish, "250 hasta ahora")])
    func `a CRM that has more than it said shows how many, and no share`(language: Language, figures: String) throws {
        let more = try progress(250, of: 200, language)
        #expect(more.thousandths == nil)
        #expect(more.percent == nil)
        #expect(more.figures == figures)
        #expect(try progress(250, of: nil, language).figures == figures)
    }
}
