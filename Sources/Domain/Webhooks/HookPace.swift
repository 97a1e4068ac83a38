/// How many events may be on their way to one subscriber. One that fails several times in a row is asked with a single
/// event now and then, more and more rarely: what waits would only fail, too, and is in no hurry to.
package struct HookPace: Equatable, Sendable {
    /// Failures in a row until it is spared.
    private static let patience = 3
    private static let longestWait: Duration = .minutes(5)

    private let most: Int
    private var failuresInARow = 0
    private var triesAt: ContinuousClock.Instant?

    package init(most: Int) {
        self.most = most
    }

    package var isSparing: Bool { failuresInARow >= Self.patience }

    package mutating func note(isDelivered: Bool, now: ContinuousClock.Instant) {
        guard !isDelivered else {
            failuresInARow = 0
            triesAt = nil
            return
        }
        failuresInARow += 1
        guard isSparing else { return }
        let doublings = min(failuresInARow - Self.patience, 8)
        triesAt = now + min(.seconds(2 << doublings), Self.longestWait)
    }

    /// - Parameter underWay: events that have not been answered yet.
    package func room(underWay: Int, now: ContinuousClock.Instant) -> Int {
        guard isSparing else { return max(0, most - underWay) }
        return underWay == 0 && (triesAt.map { $0 <= now } ?? true) ? 1 : 0
    }
}
