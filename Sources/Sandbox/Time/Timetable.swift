import Domain
import Synchronization

/// What the sandbox will do later: statuses, retries of webhooks, replies of simulated customers.
///
/// Actions run one after another on the timetable's own task and must be short. It holds at most ``capacity``
/// actions; what comes on top is refused, and the caller does without it.
final class Timetable: Sendable {
    typealias Action = @Sendable () -> Void

    static let capacity = 2_000_000

    private struct State {
        var queue = DueQueue<Action>()
        var nap: Task<Void, Never>?
        var napEnds: Timestamp?
    }

    private let clock: SandboxClock
    private let state = Mutex(State())

    init(clock: SandboxClock) {
        self.clock = clock
    }

    var waiting: Int { state.withLock { $0.queue.count } }

    /// False when the timetable is full.
    @discardableResult
    func schedule(after milliseconds: Int64, _ action: @escaping Action) -> Bool {
        let due = clock.now + .milliseconds(max(0, milliseconds))
        return state.withLock { state in
            guard state.queue.count < Self.capacity else { return false }
            state.queue.insert(action, due: due)
            if let ends = state.napEnds, due < ends { state.nap?.cancel() }
            return true
        }
    }

    /// Looks at the clock again: it was moved.
    func wake() {
        state.withLock { $0.nap?.cancel() }
    }

    func reset() {
        state.withLock { $0.queue.removeAll() }
    }

    /// Carries out what is due until the task is cancelled.
    func run() async {
        while !Task.isCancelled {
            while let action = state.withLock({ $0.queue.popDue(at: clock.now) }) { action() }
            await rest()
        }
    }

    /// Sleeps until the next action is due, at most a second. The sleep is a task of its own so that `schedule` can
    /// end it early; it never outlives this call.
    private func rest() async {
        let now = clock.now
        let nap: Task<Void, Never>? = state.withLock { state in
            let due = min(state.queue.nextDue ?? now + .seconds(1), now + .seconds(1))
            guard due > now else { return nil }
            let nap = Task<Void, Never> {
                // Cancelled means woken early, which is no failure.
                try? await Task.sleep(for: due - now)
            }
            state.nap = nap
            state.napEnds = due
            return nap
        }
        guard let nap else { return }
        await withTaskCancellationHandler {
            await nap.value
        } onCancel: {
            nap.cancel()
        }
        state.withLock { state in
            state.nap = nil
            state.napEnds = nil
        }
    }
}
