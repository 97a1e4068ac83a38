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

    /// Writes what a destination answered. While the database is away or full this waits, as long as the lane is ours:
    /// what is known should not become a doubt.
    func keep<Value: Sendable>(_ write: (Store) async throws -> Value) async throws -> Value {
        while true {
            do {
                return try await write(store)
            } catch let error as SQLError where error.isOfTheDatabase && lease.mayAct && !Task.isCancelled {
                logger.warning("outcomes cannot be written; trying again", metadata: ["error": "\(error)"])
                await pause(for: .milliseconds(500))
            }
        }
    }
}
