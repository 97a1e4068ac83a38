import Store
import Synchronization

/// Counts the intake log's commits, and holds or fails them when a test says so.
final class WatchedDatabase: SQLDatabase {
    private struct State {
        var commits = 0
        var failure: SQLError?
        var isHolding = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())
    private let inner: any SQLDatabase

    init(_ inner: any SQLDatabase) {
        self.inner = inner
    }

    var dialect: SQLDialect { inner.dialect }
    var commits: Int { state.withLock { $0.commits } }

    func fail(with error: SQLError?) {
        state.withLock { $0.failure = error }
    }

    func hold() {
        state.withLock { $0.isHolding = true }
    }

    func letGo() {
        let held = state.withLock { state in
            state.isHolding = false
            defer { state.held = [] }
            return state.held
        }
        held.forEach { $0.resume() }
    }

    func write<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        guard pool == .intake else { return try await inner.write(on: pool, body) }
        state.withLock { $0.commits += 1 }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let mustWait = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !mustWait { continuation.resume() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return try await inner.write(on: pool, body)
    }

    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.read(on: pool, body)
    }

    func close() async {
        await inner.close()
    }
}
