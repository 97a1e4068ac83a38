internal import CPostgres
internal import Dispatch
internal import Synchronization

/// Lets a task that is cancelled stop the statement it waits for.
final class PostgresCancellation: Sendable {
    /// What libpq needs to ask the server, over a connection of its own, to stop what another connection runs.
    final class Key: @unchecked Sendable {
        // libpq documents PQcancel as safe from any thread; the object never changes after it was made.
        private let pointer: OpaquePointer

        init?(_ connection: OpaquePointer) {
            guard let pointer = PQgetCancel(connection) else { return nil }
            self.pointer = pointer
        }

        deinit {
            PQfreeCancel(pointer)
        }

        func cancel() {
            var message = [CChar](repeating: 0, count: 256)
            // If it does not arrive the statement ends by itself, at its time-out at the latest.
            _ = PQcancel(pointer, &message, Int32(message.count))
        }
    }

    private struct State {
        var isCancelled = false
        /// Of the connection that works for the task now.
        var key: Key?
    }

    private let state = Mutex(State())

    /// Called where the task is cancelled. Returns at once; the request itself takes a connection's time.
    func cancel() {
        let isUnderWay = state.withLock { state in
            state.isCancelled = true
            return state.key != nil
        }
        guard isUnderWay else { return }
        // Waiting for the network is not for the thread that cancels. An attempt that ends meanwhile takes its key away.
        DispatchQueue.global().async { self.state.withLock { $0.key?.cancel() } }
    }

    /// The connection begins an attempt; false when nobody wants it any more.
    func begin(_ key: Key) -> Bool {
        state.withLock { state in
            if state.isCancelled { return false }
            state.key = key
            return true
        }
    }

    /// The attempt has ended. Waits for a request that is on its way, so that it cannot stop the connection's next work.
    /// - Returns: whether the task was cancelled.
    func end() -> Bool {
        state.withLock { state in
            state.key = nil
            return state.isCancelled
        }
    }
}
