internal import DequeModule
internal import Dispatch
internal import Synchronization

/// Some connections, each on a thread of its own, that take work from one queue in the order in which it came.
final class PostgresPool: Sendable {
    typealias Work = @Sendable (PostgresSession) -> Void

    private struct State {
        var queue: Deque<Work> = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Counts what lies in the queue, and one more for each thread once the pool is closed.
    private let signals = DispatchSemaphore(value: 0)
    private let threads = DispatchGroup()
    private let count: Int

    /// - Parameter makeSession: called on each thread.
    init(count: Int, makeSession: @escaping @Sendable () -> PostgresSession) {
        self.count = count
        for _ in 0..<count {
            threads.enter()
            OwnThread.start { [self] in
                run(makeSession())
                threads.leave()
            }
        }
    }

    /// False when the pool is closed; the work is then not done.
    func submit(_ work: @escaping Work) -> Bool {
        let isTaken = state.withLock { state in
            if state.isClosed { return false }
            state.queue.append(work)
            return true
        }
        if isTaken { signals.signal() }
        return isTaken
    }

    /// Returns when what was submitted before is done and the connections are closed.
    func close() async {
        let isFirst = state.withLock { state in
            defer { state.isClosed = true }
            return !state.isClosed
        }
        if isFirst { for _ in 0..<count { signals.signal() } }
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
    }

    private func run(_ session: PostgresSession) {
        while true {
            signals.wait()
            // An empty queue after a signal means that the pool is closed and everything is done.
            guard let work = state.withLock({ $0.queue.popFirst() }) else { return }
            work(session)
        }
    }
}
