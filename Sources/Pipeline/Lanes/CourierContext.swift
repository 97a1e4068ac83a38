package import Domain
package import Logging
package import Store

/// What every courier works with.
package struct CourierContext: Sendable {
    package let store: Store
    package let wakeBoard: WakeBoard
    package let changes: ChangeFeed
    package let pauses: PauseBoard
    package let lease: LeaseClock
    package let logger: Logger
    /// A factor near 1 for waits, so that jobs that failed together do not return together.
    package let jitter: @Sendable () -> Double

    package init(
        store: Store, wakeBoard: WakeBoard, changes: ChangeFeed, pauses: PauseBoard, lease: LeaseClock, logger: Logger,
        jitter: @escaping @Sendable () -> Double
    ) {
        self.store = store
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.pauses = pauses
        self.lease = lease
        self.logger = logger
        self.jitter = jitter
    }

    func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }
}
