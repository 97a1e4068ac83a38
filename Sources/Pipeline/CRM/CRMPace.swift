import Domain

/// How fast the calls of a CRM's lane go: at the governor's rate. What the vendor's answers say of its own limits, and the
/// connection's tier, come on top.
struct CRMPace {
    private static let interval: Duration = .seconds(1)
    /// So many answers say something of the delay.
    private static let fewest = 5
    /// The part of a second whose calls may go at once.
    private static let burst = 0.2

    private let cpu: @Sendable () -> Double?
    private var governor: CallGovernor
    /// Calls that may begin at once.
    private var turns: Double
    private var filledAt: ContinuousClock.Instant
    private var since: ContinuousClock.Instant
    private var calls = 0
    private var isRefused = false
    private var delays: [Duration] = []

    /// - Parameters:
    ///   - cpu: of this machine's processors, from 0 to 1.
    ///   - busyCPU: above which calls are slowed down.
    init(
        cpu: @escaping @Sendable () -> Double?, busyCPU: Double = CallGovernor.busyCPU,
        now: ContinuousClock.Instant = .now
    ) {
        self.cpu = cpu
        governor = CallGovernor(busyCPU: busyCPU)
        turns = CallGovernor.start * Self.burst
        filledAt = now
        since = now
    }

    /// Calls a second.
    var rate: Double { governor.rate }

    // MARK: Calls

    /// Whether a call may begin now; it counts as begun.
    mutating func takeTurn(now: ContinuousClock.Instant = .now) -> Bool {
        fill(now)
        guard turns >= 1 else { return false }
        turns -= 1
        return true
    }

    /// Until a call may begin.
    func wait(now: ContinuousClock.Instant = .now) -> Duration {
        let missing = 1 - turns - rate * ((now - filledAt) / .seconds(1))
        return missing > 0 ? .seconds(missing / rate) : .zero
    }

    private mutating func fill(_ now: ContinuousClock.Instant) {
        let most = max(1, rate * Self.burst)
        turns = min(most, turns + rate * max(0, (now - filledAt) / .seconds(1)))
        filledAt = now
    }

    // MARK: What they brought

    /// - Parameters:
    ///   - calls: as in `CallReport`.
    ///   - took: how long each of them took.
    mutating func note(_ calls: [CallFailure?], took: [Duration], now: ContinuousClock.Instant = .now) {
        self.calls += calls.count
        isRefused = isRefused || calls.contains { $0?.isThrottled == true }
        delays += took
        guard now - since >= Self.interval else { return }
        governor.note(
            CallGovernor.Interval(
                length: now - since, calls: self.calls, isRefused: isRefused, medianDelay: median, cpu: cpu()))
        since = now
        self.calls = 0
        isRefused = false
        delays = []
    }

    private var median: Duration? {
        delays.count < Self.fewest ? nil : delays.sorted()[delays.count / 2]
    }
}

extension CallFailure {
    fileprivate var isThrottled: Bool {
        if case .throttled = kind { true } else { false }
    }
}
