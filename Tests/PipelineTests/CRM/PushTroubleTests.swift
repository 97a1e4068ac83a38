import Domain
import Testing

@testable import CRM
@testable import Pipeline

@Suite struct PushTroubleTests {
    private let start = Timestamp(seconds: 1_795_000_000)

    @Test func `what only a person can mend is told at once, and tried every quarter of an hour`() {
        var trouble = PushTrouble()
        #expect(trouble.note(.refusal, now: start) == .init(wait: .minutes(15), tellsPeople: true))
    }

    @Test func `a short outage is nobody's concern`() {
        var trouble = PushTrouble()
        let first = trouble.note(.crm503, now: start)
        let second = trouble.note(.crm503, now: start + .minutes(29))
        let third = trouble.note(.crm503, now: start + .minutes(30))

        #expect(first == .init(wait: .seconds(10), tellsPeople: false))
        #expect(second == .init(wait: .seconds(20), tellsPeople: false))
        #expect(third == .init(wait: .seconds(40), tellsPeople: true))
    }

    @Test func `waits grow to a quarter of an hour and no further`() {
        var trouble = PushTrouble()
        let waits = (0..<20).map { _ in trouble.note(.away, now: start).wait }
        #expect(waits.last == .minutes(15))
        #expect(waits == waits.sorted())
    }

    @Test func `after it worked it begins anew`() {
        var trouble = PushTrouble()
        _ = trouble.note(.crm503, now: start)
        trouble.end()
        #expect(trouble.note(.crm503, now: start + .hours(1)) == .init(wait: .seconds(10), tellsPeople: false))
    }
}
