/// How much of its limits a CRM account has left, as its last answer said.
package struct RateHeadroom: Equatable, Sendable {
    /// Requests allowed in one interval, and left in the current one.
    package var limit: Int
    package var remaining: Int
    package var interval: Duration
    /// Nil where the vendor does not say.
    package var dailyLimit: Int?
    package var dailyRemaining: Int?
    package var readAt: ContinuousClock.Instant

    package init(
        limit: Int, remaining: Int, interval: Duration, dailyLimit: Int?, dailyRemaining: Int?,
        readAt: ContinuousClock.Instant
    ) {
        self.limit = limit
        self.remaining = remaining
        self.interval = interval
        self.dailyLimit = dailyLimit
        self.dailyRemaining = dailyRemaining
        self.readAt = readAt
    }

    /// How long to wait so that `reserve` of the interval's limit stays free; nil: go ahead (R2: 20 %).
    ///
    /// An interval ends `interval` after the answer at the latest, whatever kind of window the vendor counts in.
    package func wait(reserving reserve: Double = 0.2, now: ContinuousClock.Instant) -> Duration? {
        guard remaining <= Int(Double(limit) * reserve) else { return nil }
        let left = interval - (now - readAt)
        return left > .zero ? left : nil
    }

    /// How long work that hurries nobody waits: as ``wait(reserving:now:)`` says, for ten seconds at most since others may need
    /// less by then, and for a minute while only the day's reserve is left, so that hardly any of it goes.
    package func backgroundWait(reserving reserve: Double, now: ContinuousClock.Instant) -> Duration? {
        if isDailyReserveReached() { return .seconds(60) }
        return wait(reserving: reserve, now: now).map { min($0, .seconds(10)) }
    }

    /// Whether only the day's reserve is left: work that can wait for tomorrow should.
    package func isDailyReserveReached(reserving reserve: Double = 0.2) -> Bool {
        guard let dailyLimit, let dailyRemaining else { return false }
        return dailyRemaining <= Int(Double(dailyLimit) * reserve)
    }
}
