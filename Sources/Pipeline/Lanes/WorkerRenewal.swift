import Synchronization

/// Asks the lane keeper to give each lane a new worker: the account that the present one was made with has changed.
package final class WorkerRenewal: Sendable {
    private let isWanted = Mutex(false)

    package init() {}

    package func ask() {
        isWanted.withLock { $0 = true }
    }

    /// Whether it was asked for since the last look.
    func take() -> Bool {
        isWanted.withLock { wanted in
            defer { wanted = false }
            return wanted
        }
    }
}
