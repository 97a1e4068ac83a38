package import Domain
import Synchronization

/// Wakes whoever waits for work, inside this process, and tells other nodes by ``NodeHints``. A hint: whoever waits also
/// polls once a second.
package final class WakeBoard: Sendable {
    package enum Bell: Hashable, Sendable {
        case intake
        case lane(Lane)
        /// A list waits to be checked or written.
        case imports
    }

    private struct Waiter {
        let id: Int
        let continuation: CheckedContinuation<Void, Never>
    }

    private struct State {
        var rung: Set<Bell> = []
        var waiters: [Bell: [Waiter]] = [:]
        var nextID = 0
        var outlet: (@Sendable ([Bell]) -> Void)?
    }

    private let state = Mutex(State())

    package init() {}

    package func ring(_ bell: Bell) {
        ringHere(bell)
        state.withLock { $0.outlet }?([bell])
    }

    package func ring(_ lanes: Set<Lane>) {
        guard !lanes.isEmpty else { return }
        lanes.forEach { ringHere(.lane($0)) }
        state.withLock { $0.outlet }?(lanes.map(Bell.lane))
    }

    /// Everything that rings here goes there as well; nil ends that.
    func setOutlet(_ outlet: (@Sendable ([Bell]) -> Void)?) {
        state.withLock { $0.outlet = outlet }
    }

    /// Wakes all who wait: nobody knows what rang.
    func ringEverythingHere() {
        let bells = state.withLock { Array($0.waiters.keys) }
        bells.forEach(ringHere)
    }

    /// In this process only.
    func ringHere(_ bell: Bell) {
        let waiters = state.withLock { state in
            let waiters = state.waiters.removeValue(forKey: bell) ?? []
            if waiters.isEmpty { state.rung.insert(bell) }
            return waiters
        }
        waiters.forEach { $0.continuation.resume() }
    }

    /// Returns when the bell rings (or has rung since the last wait), after `patience`, or when the task is cancelled.
    package func wait(for bell: Bell, atMost patience: Duration) async {
        let id = state.withLock { state -> Int? in
            if state.rung.remove(bell) != nil { return nil }
            state.nextID += 1
            return state.nextID
        }
        guard let id else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.waitForRing(bell, id: id) }
            // Throws only when it is cancelled because the bell rang.
            group.addTask { try? await Task.sleep(for: patience) }
            await group.next()
            group.cancelAll()
        }
    }

    private func waitForRing(_ bell: Bell, id: Int) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.rung.remove(bell) != nil || Task.isCancelled { return true }
                    state.waiters[bell, default: []].append(Waiter(id: id, continuation: continuation))
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                guard let index = state.waiters[bell]?.firstIndex(where: { $0.id == id }) else { return nil }
                return state.waiters[bell]?.remove(at: index)
            }
            waiter?.continuation.resume()
        }
    }
}
