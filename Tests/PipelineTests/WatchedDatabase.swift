import Store
import Synchronization
import Testing

/// Counts the intake log's commits, and holds or fails them when a test says so; spoils one other write.
final class WatchedDatabase: SQLDatabase {
    /// What goes wrong with a write of the pipeline, once.
    enum Mishap {
        /// Nothing is written.
        case refused
        /// It is committed, and nobody learns of it.
        case answerLost
        /// It is committed, and gone with the database's server before it was on the disk.
        case forgotten
    }

    private struct Forgotten: Error {}

    private struct State {
        var mishap: (kind: Mishap, moment: String)?
        var commits = 0
        var breaks = 0
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
    var breaks: Int { state.withLock { $0.breaks } }

    func fail(with error: SQLError?) {
        state.withLock { $0.failure = error }
    }

    /// - Parameter moment: what the count of these rows tells: the first write that finds any (before it, when it is to be
    ///   refused or forgotten; after it, when its answer is to be lost) is the one.
    func spoil(_ kind: Mishap, onceThereIs moment: String) {
        state.withLock { $0.mishap = (kind, moment) }
    }

    /// Whether it is still to come.
    var isSpoiling: Bool { state.withLock { $0.mishap != nil } }

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
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        guard pool == .intake else { return try await writeOther(on: pool, durability, body) }
        state.withLock { $0.commits += 1 }
        await withCheckedContinuation { (continuation: CheckedContinuation<Void, Never>) in
            let mustWait = state.withLock { state in
                if state.isHolding { state.held.append(continuation) }
                return state.isHolding
            }
            if !mustWait { continuation.resume() }
        }
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return try await inner.write(on: pool, durability, body)
    }

    private func writeOther<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        if try await isDue(.refused) { throw SQLError.unavailable("a test refused it") }
        if durability == .inOrder, try await isDue(.forgotten) { return try await forget(body) }
        let value = try await inner.write(on: pool, durability, body)
        if try await isDue(.answerLost) { throw SQLError.commitUnknown("a test lost the answer") }
        return value
    }

    private func forget<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let answer = Mutex<Value?>(nil)
        do {
            try await inner.write(on: .work) { connection in
                let value = try body(connection)
                answer.withLock { $0 = value }
                throw Forgotten()
            }
        } catch is Forgotten {
            state.withLock { $0.breaks += 1 }
        }
        return try answer.withLock { value in try #require(value) }
    }

    private func isDue(_ kind: Mishap) async throws -> Bool {
        guard let mishap = state.withLock({ $0.mishap }), mishap.kind == kind else { return false }
        let count = try await inner.read(on: .work) {
            try $0.value("SELECT COUNT(*) AS n FROM \(mishap.moment)", as: Int.self)
        }
        guard count ?? 0 > 0 else { return false }
        return state.withLock { state in
            defer { state.mishap = nil }
            return state.mishap != nil
        }
    }

    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await inner.read(on: pool, body)
    }

    func emptyLog() async throws {
        try await inner.emptyLog()
    }

    func close() async {
        await inner.close()
    }
}
