/// A rate with room for a burst. Pure: the caller brings the time.
package struct TokenBucket: Equatable, Sendable {
    package let perSecond: Double
    package let burst: Double
    private var tokens: Double
    private var updatedAt: Timestamp

    package init(perSecond: Double, burst: Double, now: Timestamp) {
        self.perSecond = perSecond
        self.burst = burst
        self.tokens = burst
        self.updatedAt = now
    }

    /// How many may go now.
    package func available(at now: Timestamp) -> Int {
        max(0, Int(filled(at: now)))
    }

    package mutating func take(_ count: Int, at now: Timestamp) {
        tokens = filled(at: now) - Double(count)
        updatedAt = max(now, updatedAt)
    }

    /// When the next one may go: `now` when one may go now.
    package func nextAvailable(at now: Timestamp) -> Timestamp {
        let missing = 1 - filled(at: now)
        return missing <= 0 ? now : now + .milliseconds(Int64((missing / perSecond * 1000).rounded(.up)))
    }

    /// Whether it has nothing to remember any more.
    package func isFull(at now: Timestamp) -> Bool {
        filled(at: now) >= burst
    }

    private func filled(at now: Timestamp) -> Double {
        let seconds = Double(max(0, (now - updatedAt).wholeMilliseconds)) / 1000
        return min(burst, tokens + seconds * perSecond)
    }
}
