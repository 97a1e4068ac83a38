import Domain
import Testing

@testable import Console

@Suite struct SyncConflictViewTests {
    @Test(arguments: [
        (SyncRefusal.heldByOther, "The value of HubSpot is not taken: "),
        (SyncRefusal.noSuchUser, "Puente's value cannot be given to HubSpot: "),
        (SyncRefusal.unsettled, "The value went over ten times"),
    ])
    func `the reason says whose value stays where it is`(refusal: SyncRefusal, beginning: String) throws {
        var conflict = try #require(SyncSamples.conflicts.first)
        conflict.refusal = refusal

        let page = SyncConflictsPage(SyncSamples.head, [conflict], in: try SampleWorld(.english).context)

        #expect(page.list.items.map(\.reason).first?.hasPrefix(beginning) == true)
    }
}
