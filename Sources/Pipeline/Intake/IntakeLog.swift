package import Domain
import Logging
import ServiceLifecycle
package import Store
import Synchronization

/// The durable log of raw bodies, written by group commit: while one commit is under way the next bodies gather, and
/// all of them share one fsync. `append` returns when its body survives a power loss.
package final class IntakeLog: Sendable {
    private struct Waiter {
        let body: IntakeBody
        let since: ContinuousClock.Instant
        let completion: @Sendable (IntakeRefusal?) -> Void
    }

    private struct State {
        var gathered: [Int: Waiter] = [:]
        var order: [Int] = []
        var committing: [Int: Waiter] = [:]
        var nextID = 0
        var bodies = 0
        var bytes = 0
        var isWriting = false
        var isDiskNearlyFull = false
        var isClosed = false
    }

    private let store: Store
    private let limits: IntakeLimits
    private let wakeBoard: WakeBoard
    private let onStorageFailure: @Sendable (String) -> Void
    private let state = Mutex(State())

    /// - Parameter onStorageFailure: called when fsync failed: what is on disk can no longer be known, and the process
    ///   must end.
    package init(
        store: Store, limits: IntakeLimits, wakeBoard: WakeBoard,
        onStorageFailure: @escaping @Sendable (String) -> Void
    ) {
        self.store = store
        self.limits = limits
        self.wakeBoard = wakeBoard
        self.onStorageFailure = onStorageFailure
    }

    // MARK: Room

    /// Takes room for a body before it is read. Give it back with `release`.
    package func reserve(bytes: Int) throws(IntakeRefusal) {
        let refusal = state.withLock { state -> IntakeRefusal? in
            if state.isClosed { return .shuttingDown }
            if state.isDiskNearlyFull { return .diskNearlyFull }
            guard state.bodies < limits.maxBodiesInFlight, state.bytes + bytes <= limits.maxBytesInFlight else {
                return .tooManyBodies
            }
            state.bodies += 1
            state.bytes += bytes
            return nil
        }
        if let refusal { throw refusal }
    }

    package func release(bytes: Int) {
        state.withLock { state in
            state.bodies -= 1
            state.bytes -= bytes
        }
    }

    package func setDiskNearlyFull(_ isNearlyFull: Bool) {
        state.withLock { $0.isDiskNearlyFull = isNearlyFull }
    }

    package var isRefusing: Bool {
        state.withLock { $0.isDiskNearlyFull || $0.isClosed }
    }

    /// After this every body is refused; those gathered are still written.
    package func close() {
        state.withLock { $0.isClosed = true }
    }

    // MARK: Commit

    /// Returns when the body is on disk.
    /// - Throws: `IntakeRefusal`; the body then may be stored or not, and a repeat of it is a no-op.
    package func append(_ body: IntakeBody) async throws {
        let refusal = await withCheckedContinuation { continuation in
            append(body) { continuation.resume(returning: $0) }
        }
        if let refusal { throw refusal }
    }

    /// The same for who has no task to wait with.
    /// - Parameter completion: called once, on any thread; with nil when the body is on disk.
    package func append(_ body: IntakeBody, completion: @escaping @Sendable (IntakeRefusal?) -> Void) {
        let mustWrite = state.withLock { state in
            let id = state.nextID
            state.nextID += 1
            state.gathered[id] = Waiter(body: body, since: .now, completion: completion)
            state.order.append(id)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        // Not structured: the commit belongs to every body gathered so far, whatever becomes of this request.
        if mustWrite { Task { await self.write() } }
    }

    private func write() async {
        while let batch = takeBatch() {
            do {
                try await store.append(batch, node: store.ids.node)
                settle(nil)
                wakeBoard.ring(.intake)
            } catch {
                if case SQLError.storageFailed(let text) = error { onStorageFailure(text) }
                settle(.commitFailed("\(error)"))
            }
        }
    }

    private func takeBatch() -> [IntakeBody]? {
        state.withLock { state in
            let ids = state.order.prefix(limits.maxBatch)
            state.order.removeFirst(ids.count)
            for id in ids {
                state.committing[id] = state.gathered.removeValue(forKey: id)
            }
            guard !state.committing.isEmpty else {
                // All that was gathered has been told to come back, or there is nothing.
                if state.order.isEmpty { state.isWriting = false }
                return state.order.isEmpty ? nil : []
            }
            return ids.compactMap { state.committing[$0]?.body }
        }
    }

    private func settle(_ refusal: IntakeRefusal?) {
        let waiters = state.withLock { state in
            defer { state.committing = [:] }
            return state.committing.values
        }
        waiters.forEach { $0.completion(refusal) }
    }

    /// Who has waited too long is told to come back, also while a commit hangs. Called twice a second.
    package func dismissImpatient(now: ContinuousClock.Instant = .now) {
        let late = state.withLock { state -> [Waiter] in
            let isLate: ((key: Int, value: Waiter)) -> Bool = { now - $0.value.since > self.limits.patience }
            let gathered = state.gathered.filter(isLate)
            let committing = state.committing.filter(isLate)
            gathered.keys.forEach { state.gathered.removeValue(forKey: $0) }
            committing.keys.forEach { state.committing.removeValue(forKey: $0) }
            return Array(gathered.values) + Array(committing.values)
        }
        late.forEach { $0.completion(.tooLateForCommit) }
    }
}
