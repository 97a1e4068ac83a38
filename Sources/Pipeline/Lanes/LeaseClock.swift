package import Store
import Synchronization

/// Whether this node may still act, by its own monotonic clock: a process that was stopped and goes on finds its lease
/// over before it writes a byte. It gives up a second before the others would take over.
package final class LeaseClock: Sendable {
    private let safeUntil = Mutex<ContinuousClock.Instant?>(nil)
    private let margin: Duration = .seconds(1)

    package init() {}

    /// - Parameter asked: when the renewal was asked for, not when the answer came.
    package func renewed(asked: ContinuousClock.Instant, times: LeaseTimes) {
        safeUntil.withLock { $0 = asked + times.lease - margin }
    }

    package func end() {
        safeUntil.withLock { $0 = nil }
    }

    package var mayAct: Bool {
        safeUntil.withLock { $0.map { ContinuousClock.now < $0 } ?? false }
    }
}
