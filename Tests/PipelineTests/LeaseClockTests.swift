import Store
import Testing

@testable import Pipeline

@Suite struct LeaseClockTests {
    @Test func `a node acts only while its lease certainly lasts`() {
        let clock = LeaseClock()
        #expect(!clock.mayAct)
        clock.renewed(asked: .now, times: LeaseTimes())
        #expect(clock.mayAct)
        // Asked so long ago that the others may take over within a second.
        clock.renewed(asked: .now - .seconds(2), times: LeaseTimes())
        #expect(!clock.mayAct)
        clock.renewed(asked: .now, times: LeaseTimes())
        clock.end()
        #expect(!clock.mayAct)
    }
}
