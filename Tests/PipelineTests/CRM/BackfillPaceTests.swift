import Store
import Testing

@testable import Pipeline

@Suite struct BackfillPaceTests {
    private let start = ContinuousClock.now

    @Test func `nothing is said of the first moments`() {
        var pace = BackfillPace(now: start)
        #expect(pace.note(200, of: .fromCRM, now: start + .milliseconds(500)) == 0)
    }

    @Test func `it is what was done of late`() {
        var pace = BackfillPace(now: start)
        _ = pace.note(0, of: .fromCRM, now: start)
        #expect(pace.note(400, of: .fromCRM, now: start + .seconds(4)) == 100)
        // The window is over: another one begins.
        #expect(pace.note(600, of: .fromCRM, now: start + .seconds(20)) == 50)
        #expect(pace.note(10, of: .fromCRM, now: start + .seconds(21)) == 50)
    }

    @Test func `another phase begins anew, and a total counts by what came to it`() {
        var pace = BackfillPace(now: start)
        _ = pace.note(1000, of: .fromCRM, now: start + .seconds(3))
        #expect(pace.reached(500, of: .toCRM, now: start + .seconds(4)) == 0)
        #expect(pace.reached(530, of: .toCRM, now: start + .seconds(7)) == 10)
    }
}
