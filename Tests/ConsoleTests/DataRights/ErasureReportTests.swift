import Domain
import Testing

@testable import Console

@Suite struct ErasureReportTests {
    private func report(after span: Duration) throws -> ErasureReport {
        var facts = DataRightsSamples.erasure
        facts.doneAt = facts.at + span
        return ErasureReport(facts, in: try SampleWorld(.english).context)
    }

    @Test func `an erasure of a moment says the moment once, a longer one its end, too`() throws {
        let (short, long) = (try report(after: .zero), try report(after: .minutes(5)))

        #expect(short.ended == nil)
        #expect(long.ended != nil && long.ended?.short != long.began.short)
    }

    @Test func `a link of the audit trail says what it opens`() throws {
        let context = try SampleWorld(.english).context
        let erased = AuditFacts(id: 1, at: SampleWorld.now, actor: "Ana", event: "contact.erased", erasure: id(55))
        let closed = AuditFacts(id: 2, at: SampleWorld.now, actor: "Ana", event: "closed", conversation: id(7))

        #expect(AuditRow(erased, in: context).link == "What was erased")
        #expect(AuditRow(closed, in: context).link == "The conversation")
    }
}
