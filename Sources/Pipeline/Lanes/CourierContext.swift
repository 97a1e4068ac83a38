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
    /// Goes first when there is more to do than the machine can.
    private let intake: IntakeLog?

    package init(
        store: Store, wakeBoard: WakeBoard, changes: ChangeFeed, pauses: PauseBoard, lease: LeaseClock, logger: Logger,
        jitter: @escaping @Sendable () -> Double, givingWayTo intake: IntakeLog? = nil
    ) {
        self.store = store
        self.wakeBoard = wakeBoard
        self.changes = changes
        self.pauses = pauses
        self.lease = lease
        self.logger = logger
        self.jitter = jitter
        self.intake = intake
    }

    /// What a person does not wait for lets the answers to Meta pass.
    func giveWay() async { await intake?.giveWay() }

    /// Answers to Meta wait: transactions should be short.
    var isPressed: Bool { intake?.isPressed ?? false }

    func publish(_ report: RecordReport) {
        wakeBoard.ring(report.lanes)
        changes.publish(report)
    }
}
