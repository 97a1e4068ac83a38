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
        /// The first of those being committed came then.
        var committingSince: ContinuousClock.Instant?
        var nextID = 0
        var bodies = 0
        var bytes = 0
        var isWriting = false
        var isDiskNearlyFull = false
        /// The last commit failed, or hangs longer than anybody waits for it.
        var isFailing = false
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

    /// What a person must know of: the log takes nothing, and not because it is ending.
    package var trouble: IntakeTrouble? {
        state.withLock { state in
            if state.isClosed { return nil }
            return state.isDiskNearlyFull ? .diskNearlyFull : state.isFailing ? .commitsFail : nil
        }
    }

    /// After this every body is refused; those gathered are still written.
    package func close() {
        state.withLock { $0.isClosed = true }
    }

    // MARK: Going first

    /// What may be done later waits here while bodies wait for their commit longer than they should; not for ever, since
    /// what is never interpreted is worth as little as what was never taken in.
    package func giveWay(atMost patience: Duration = .milliseconds(200)) async {
        let start = ContinuousClock.now
        while isPressed, ContinuousClock.now - start < patience, !Task.isCancelled {
            await pause(for: .milliseconds(2))
        }
    }

    /// Many bodies wait longer for the end of their commit than they should.
    package var isPressed: Bool {
        let now = ContinuousClock.now
        return state.withLock { state in
            guard state.gathered.count + state.committing.count >= limits.crowd else { return false }
            let oldest = state.committingSince ?? state.order.first.flatMap { state.gathered[$0]?.since }
            return oldest.map { now - $0 > limits.unhurried } ?? false
        }
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
            // All of it was told to come back.
            if batch.isEmpty { continue }
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

    /// One commit without a body, while the last one with some failed: a node that says it is not ready is sent none, and
    /// would never learn that it works again.
    package func tryAgain() async {
        guard state.withLock({ $0.isFailing && !$0.isWriting && !$0.isClosed }) else { return }
        do {
            try await store.probeIntake()
            state.withLock { $0.isFailing = false }
        } catch SQLError.storageFailed(let text) {
            onStorageFailure(text)
        } catch {
            // As before: the log is failing.
        }
    }

    private func takeBatch() -> [IntakeBody]? {
        state.withLock { state in
            let ids = state.order.prefix(limits.maxBatch)
            state.committingSince = ids.first.flatMap { state.gathered[$0]?.since }
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
            defer {
                state.committing = [:]
                state.committingSince = nil
            }
            // Also when nobody waits for it any more.
            state.isFailing = refusal != nil
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
            if !committing.isEmpty { state.isFailing = true }
            return Array(gathered.values) + Array(committing.values)
        }
        late.forEach { $0.completion(.tooLateForCommit) }
    }
}
