import Store

/// How fast a phase of a back-fill goes, of late.
struct BackfillPace {
    private static let window: Duration = .seconds(20)

    private var phase: BackfillPhase?
    private var start: ContinuousClock.Instant
    private var last: ContinuousClock.Instant
    private var count = 0
    private var reached = 0
    /// Of the window before.
    private var former: Double?

    init(now: ContinuousClock.Instant = .now) {
        start = now
        last = now
    }

    /// - Parameter done: since the call before.
    /// - Returns: things a second; 0 while nobody can tell.
    mutating func note(_ done: Int, of phase: BackfillPhase, now: ContinuousClock.Instant = .now) -> Double {
        begin(phase, now)
        count += done
        let rate = Double(count) / max(0.001, (now - start) / .seconds(1))
        guard now - start >= Self.window else { return former ?? (now - start >= .seconds(2) ? rate : 0) }
        former = rate
        start = now
        count = 0
        return rate
    }

    /// - Parameter total: of the phase so far.
    mutating func reached(_ total: Int, of phase: BackfillPhase, now: ContinuousClock.Instant = .now) -> Double {
        begin(phase, now, at: total)
        let done = max(0, total - reached)
        reached = total
        return note(done, of: phase, now: now)
    }

    /// Another phase, or another try after a long rest, begins anew.
    private mutating func begin(_ phase: BackfillPhase, _ now: ContinuousClock.Instant, at total: Int = 0) {
        defer { last = now }
        guard phase != self.phase || now - last > Self.window else { return }
        self.phase = phase
        start = now
        count = 0
        reached = total
        former = nil
    }
}
