import Domain

/// A rate limit with a burst: `capacity` at once, refilled one per `interval`.
struct TokenBucket: Sendable {
    let capacity: Double
    /// Milliseconds until one token is back.
    let interval: Double
    private var tokens: Double
    private var refilled: Timestamp

    init(capacity: Int, interval: Duration, now: Timestamp) {
        self.capacity = Double(capacity)
        self.interval = Double(max(1, interval.wholeMilliseconds))
        self.tokens = Double(capacity)
        self.refilled = now
    }

    /// A bucket for a rate above one per millisecond or with a fraction.
    init(capacity: Int, perSecond: Int, now: Timestamp) {
        self.capacity = Double(capacity)
        self.interval = 1000 / Double(max(1, perSecond))
        self.tokens = Double(capacity)
        self.refilled = now
    }

    /// Takes one token; false when none is left.
    mutating func take(at now: Timestamp) -> Bool {
        let passed = Double(max(0, (now - refilled).wholeMilliseconds))
        tokens = min(capacity, tokens + passed / interval)
        refilled = now
        guard tokens >= 1 else { return false }
        tokens -= 1
        return true
    }
}
