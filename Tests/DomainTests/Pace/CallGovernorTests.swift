import Domain
import Testing

/// How many calls a second go to a CRM.
@Suite struct CallGovernorTests {
    private func interval(
        calls: Int = 1000, refused: Bool = false, delay: Duration? = .milliseconds(200), cpu: Double? = 0.3
    ) -> CallGovernor.Interval {
        CallGovernor.Interval(
            length: .seconds(1), calls: calls, isRefused: refused, medianDelay: delay, cpu: cpu)
    }

    private func rates(_ intervals: [CallGovernor.Interval]) -> [Double] {
        var governor = CallGovernor()
        return intervals.map { interval in
            governor.note(interval)
            return governor.rate
        }
    }

    @Test func `it starts at 50 a second and grows by five while they are used`() {
        #expect(CallGovernor().rate == 50)
        #expect(rates([interval(), interval(), interval()]) == [55, 60, 65])
        #expect(rates([interval(calls: 24), interval(calls: 25)]) == [50, 55])
    }

    @Test func `a refusal halves it, whatever else is the case`() {
        #expect(rates([interval(refused: true), interval(refused: true)]) == [25, 12.5])
    }

    @Test func `answers that take more than twice as long take a quarter of it away`() {
        let rates = rates([interval(), interval(delay: .milliseconds(400)), interval(delay: .milliseconds(410))])
        #expect(rates == [55, 60, 45])
    }

    @Test func `what became slow for good is usual after some minutes`() {
        var governor = CallGovernor()
        governor.note(interval())
        for _ in 0..<600 { governor.note(interval(delay: .seconds(1))) }
        let before = governor.rate

        governor.note(interval(delay: .seconds(1)))

        #expect(governor.rate > before || governor.rate == CallGovernor.range.upperBound)
    }

    @Test func `a busy processor takes a quarter of it away`() {
        #expect(rates([interval(cpu: 0.7), interval(cpu: 0.71), interval(cpu: nil)]) == [55, 41.25, 46.25])
    }

    @Test func `how busy is too busy can be said`() {
        var never = CallGovernor(busyCPU: 1)
        never.note(interval(cpu: 1))
        #expect(never.rate == 55)
        var soon = CallGovernor(busyCPU: 0.5)
        soon.note(interval(cpu: 0.51))
        #expect(soon.rate == 37.5)
    }

    @Test func `quick answers are no strain, however much quicker they were`() {
        #expect(rates([interval(delay: .milliseconds(1)), interval(delay: .milliseconds(20))]) == [55, 60])
    }

    @Test func `strain alone presses it to ten calls a second and no further`() {
        #expect(rates(Array(repeating: interval(cpu: 0.95), count: 20)).last == 10)
    }

    @Test func `it stays between one call a second and two hundred`() {
        #expect(rates(Array(repeating: interval(refused: true), count: 20)).last == 1)
        #expect(rates(Array(repeating: interval(), count: 100)).last == 200)
    }

    @Test func `an interval without calls changes nothing`() {
        #expect(rates([interval(calls: 0, delay: nil)]) == [50])
    }
}
