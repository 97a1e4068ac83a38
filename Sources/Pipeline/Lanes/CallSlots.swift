import Synchronization

/// The calls of one lane that are under way, at most so many at once. What they bring back gathers until the lane's
/// loop takes it, so that one slow call holds up nothing but its own place, and many outcomes share one transaction.
final class CallSlots<Outcome: Sendable>: Sendable {
    private struct State {
        var busy = 0
        var finished: [Outcome] = []
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let count: Int
    private let onFinish: @Sendable () -> Void
    private let state = Mutex(State())

    /// - Parameter onFinish: called after each call, when its outcomes can be taken.
    init(count: Int, onFinish: @escaping @Sendable () -> Void) {
        self.count = count
        self.onFinish = onFinish
    }

    var free: Int { state.withLock { max(0, count - $0.busy) } }
    var isIdle: Bool { state.withLock { $0.busy == 0 } }

    /// Begins a call; the caller has seen to it that there is room.
    func start(_ call: @escaping @Sendable () async -> [Outcome]) {
        state.withLock { $0.busy += 1 }
        // Not structured: when the lane is given up, a request whose first bytes may have left must not be broken off,
        // or nobody would know what became of it. `waitUntilIdle` waits for all of them; each has a deadline.
        Task { finish(await call()) }
    }

    func takeFinished() -> [Outcome] {
        state.withLock { state in
            defer { state.finished = [] }
            return state.finished
        }
    }

    /// Returns when no call is under way, whatever becomes of the task that waits.
    func waitUntilIdle() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.busy > 0 { state.waiters.append(continuation) }
                return state.busy == 0
            }
            if isIdle { continuation.resume() }
        }
    }

    private func finish(_ outcomes: [Outcome]) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.busy -= 1
            state.finished += outcomes
            guard state.busy == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        onFinish()
        waiters.forEach { $0.resume() }
    }
}
