import Testing

@testable import Domain

@Suite struct HookScheduleTests {
    private let schedule = HookSchedule()
    private let now = Timestamp(milliseconds: 1_795_042_920_000)

    private func verdict(_ reply: HookReply, attempt: Int = 1) -> HookVerdict {
        schedule.verdict(reply, attempt: attempt, now: now, jitter: 1)
    }

    @Test(arguments: [200, 201, 204, 299])
    func `every 2xx has it`(status: Int) {
        #expect(verdict(.answered(status: status, retryAfter: nil)) == .delivered)
    }

    @Test(arguments: [301, 302, 307, 400, 401, 404, 429, 500, 503])
    func `everything else comes again, redirects too`(status: Int) {
        #expect(verdict(.answered(status: status, retryAfter: nil)) == .again(at: now + .seconds(1)))
        #expect(verdict(.unanswered) == .again(at: now + .seconds(1)))
    }

    @Test func `410 says that nobody listens`() {
        #expect(verdict(.answered(status: 410, retryAfter: .seconds(5))) == .gone)
    }

    @Test func `who asks for time gets it, a day at most`() {
        #expect(verdict(.answered(status: 429, retryAfter: .minutes(2))) == .again(at: now + .minutes(2)))
        #expect(verdict(.answered(status: 503, retryAfter: .days(7))) == .again(at: now + .hours(24)))
        #expect(verdict(.answered(status: 503, retryAfter: .zero), attempt: 2) == .again(at: now + .seconds(30)))
    }

    @Test(arguments: [0.9, 1, 1.1])
    func `nobody is called before the time that they asked for`(jitter: Double) {
        let asked: Duration = .minutes(2)
        let verdict = schedule.verdict(
            .answered(status: 429, retryAfter: asked), attempt: 1, now: now, jitter: jitter)

        guard case .again(let at) = verdict else {
            Issue.record("it is not tried again")
            return
        }
        #expect(at >= now + asked)
        #expect(at <= now + asked * 1.1)
    }

    @Test func `it ends within three days`() {
        let last = schedule.waits.count + 1
        #expect(verdict(.unanswered, attempt: last - 1) != .failed)
        #expect(verdict(.unanswered, attempt: last) == .failed)
        let sum = schedule.waits.reduce(Duration.zero, +)
        #expect(sum > .days(2) && sum <= .days(3))
    }
}

@Suite struct HookPaceTests {
    private let start = ContinuousClock.now

    @Test func `who does its part gets as many as there is room for`() {
        var pace = HookPace(most: 8)
        pace.note(isDelivered: false, now: start)
        #expect(pace.room(underWay: 3, now: start) == 5)
        #expect(pace.room(underWay: 9, now: start) == 0)
    }

    @Test func `who fails three times in a row is asked with one, more and more rarely`() {
        var pace = HookPace(most: 8)
        for _ in 0..<3 { pace.note(isDelivered: false, now: start) }

        #expect(pace.room(underWay: 0, now: start) == 0)
        #expect(pace.room(underWay: 0, now: start + .seconds(2)) == 1)
        #expect(pace.room(underWay: 1, now: start + .seconds(2)) == 0)

        for _ in 0..<100 { pace.note(isDelivered: false, now: start) }
        #expect(pace.room(underWay: 0, now: start + .minutes(4)) == 0)
        #expect(pace.room(underWay: 0, now: start + .minutes(5)) == 1)

        pace.note(isDelivered: true, now: start)
        #expect(pace.room(underWay: 0, now: start) == 8)
    }
}
