import Testing

@testable import Pipeline

struct ComparisonPaceTests {
    private let start = ContinuousClock.now

    @Test func `with enough of the day left one step follows the other`() {
        var pace = ComparisonPace()
        pace.note(isMore: true, now: start)
        #expect(pace.mayStep(isOnlyReserveLeft: false, now: start))
    }

    @Test func `with only the reserve left there is a step a minute`() {
        var pace = ComparisonPace()
        #expect(pace.mayStep(isOnlyReserveLeft: true, now: start))
        pace.note(isMore: true, now: start)
        #expect(!pace.mayStep(isOnlyReserveLeft: true, now: start + .seconds(59)))
        #expect(pace.mayStep(isOnlyReserveLeft: true, now: start + .seconds(60)))
    }

    @Test func `a look at which none was due holds up nothing`() {
        var pace = ComparisonPace()
        pace.note(isMore: false, now: start)
        #expect(pace.mayStep(isOnlyReserveLeft: true, now: start + .seconds(1)))
    }
}
