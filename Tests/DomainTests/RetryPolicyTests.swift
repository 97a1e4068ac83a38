import Domain
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()
    private let now = Timestamp(seconds: 1_800_000_000)

    private func outcome(
        _ kind: CallFailure.Kind, attempt: Int, jitter: Double = 1, writes: RepeatableWrites = .never
    ) -> JobOutcome {
        let failure = CallFailure(
            kind: kind, code: "131000", scope: .message, vendorText: "", advice: LocalizedText(en: "", es: ""))
        return policy.outcome(of: failure, attempt: attempt, now: now, jitter: jitter, writes: writes)
    }

    @Test func `success completes`() {
        #expect(policy.outcome(of: nil, attempt: 1, now: now, jitter: 1) == .completed)
    }

    @Test func `what failed for a moment is tried within a second, then after 30 s, then it is a person's`() {
        #expect(outcome(.transient, attempt: 1) == .retried(at: now + .milliseconds(900)))
        #expect(outcome(.transient, attempt: 2) == .retried(at: now + .seconds(30)))
        #expect(outcome(.transient, attempt: 3) == .discarded)
        #expect(outcome(.transient, attempt: 400) == .discarded)
        #expect(policy.dueIn == .hours(24))
    }

    @Test func `with the widest jitter the first retry still comes within a second`() {
        guard case .retried(let at) = outcome(.transient, attempt: 1, jitter: 1.1) else {
            Issue.record("not retried")
            return
        }
        #expect(at - now <= .seconds(1))
    }

    @Test func `an attempt number that cannot be does not trap`() {
        #expect(outcome(.transient, attempt: 0) == .discarded)
        #expect(outcome(.transient, attempt: -3) == .discarded)
    }

    @Test func `what can never succeed is not repeated`() {
        #expect(outcome(.permanent, attempt: 1) == .discarded)
    }

    @Test(arguments: [1, 2, 3, 99]) func `a throttle or an absent destination uses up no attempt`(attempt: Int) {
        #expect(outcome(.throttled(retryAfter: .seconds(7)), attempt: attempt) == .snoozed(until: now + .seconds(7)))
        #expect(outcome(.unreachable, attempt: attempt) == .snoozed(until: now + .seconds(1)))
        #expect(outcome(.accountWide, attempt: attempt) == .snoozed(until: now + .seconds(1)))
    }

    @Test func `an unknown outcome is never repeated where the destination would do it twice`() {
        for attempt in 1...5 {
            #expect(outcome(.unknown, attempt: attempt, writes: .never) == .uncertain)
        }
    }

    @Test func `an unknown outcome is repeated where the destination recognises the repeat`() {
        #expect(outcome(.unknown, attempt: 1, writes: .always) == .retried(at: now + .milliseconds(900)))
        #expect(outcome(.unknown, attempt: 3, writes: .always) == .discarded)
    }

    @Test func `an unknown outcome is looked up first, not before the destination's index can show it`() {
        let writes = RepeatableWrites.afterLooking(delay: .seconds(10))
        #expect(outcome(.unknown, attempt: 1, writes: writes) == .verifyFirst(at: now + .seconds(10)))
        #expect(outcome(.unknown, attempt: 2, writes: writes) == .verifyFirst(at: now + .seconds(30)))
        #expect(outcome(.unknown, attempt: 3, writes: writes) == .discarded)
    }
}
