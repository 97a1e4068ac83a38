import Domain
import Logging
import Store
import Synchronization

/// One lane in this node's hands, with the task that works it.
final class LaneWork: Sendable {
    private enum State { case working, ending, ended }

    /// Set by the worker's task when it returns.
    private final class Mark: Sendable {
        let isSet = Mutex(false)
    }

    let grip: LaneGrip
    private let task: Task<Void, Never>
    private let state = Mutex(State.working)
    private let returned = Mark()

    init(_ grip: LaneGrip, worker: any LaneWorker) {
        self.grip = grip
        // Not structured: a worker lives as long as the lane is held, which the keeper decides; `end` ends it.
        task = Task { [returned] in
            await worker.work(grip)
            returned.isSet.withLock { $0 = true }
        }
    }

    /// The worker gave up by itself (its lease ran short, the lane could not be taken up): nobody works the lane.
    var hasStopped: Bool { returned.isSet.withLock { $0 } }

    var hasEnded: Bool { state.withLock { $0 == .ended } }

    /// Lets the worker finish what is in hand, then gives the lane back. Returns at once: the lease must be renewed
    /// meanwhile, since a call in hand may take longer than it lasts.
    func end(_ store: Store, _ logger: Logger) {
        let isFirst = state.withLock { state in
            guard state == .working else { return false }
            state = .ending
            return true
        }
        guard isFirst else { return }
        task.cancel()
        // Not structured for the same reason; `hasEnded` says when it is over.
        Task {
            await task.value
            do {
                try await store.release(grip)
            } catch {
                logger.warning("a lane could not be released; the next look frees it", metadata: ["error": "\(error)"])
            }
            state.withLock { $0 = .ended }
        }
    }
}
