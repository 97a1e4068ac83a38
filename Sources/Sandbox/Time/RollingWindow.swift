import Domain

/// Counts events in a moving span of time, as HubSpot does for its ten-second limit.
struct RollingWindow: Sendable {
    let limit: Int
    let span: Duration
    private var times: [Timestamp] = []
    private var head = 0

    init(limit: Int, span: Duration) {
        self.limit = limit
        self.span = span
    }

    /// Counts one event; nil when the limit is reached, else how many are left.
    mutating func take(at now: Timestamp) -> Int? {
        forget(before: now - span)
        guard times.count - head < limit else { return nil }
        times.append(now)
        return limit - (times.count - head)
    }

    private mutating func forget(before start: Timestamp) {
        while head < times.count, times[head] <= start { head += 1 }
        if head > limit {
            times.removeFirst(head)
            head = 0
        }
    }
}
