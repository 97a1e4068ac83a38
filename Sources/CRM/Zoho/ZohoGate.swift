import Domain
import Synchronization

/// Lets only so many calls go at once: Zoho counts them for each app, and refuses the others without saying for how
/// long.
final class ZohoGate: Sendable {
    private struct State {
        var free: Int
        var nextID = 0
        /// In the order of asking.
        var waiting: [(id: Int, continuation: CheckedContinuation<Bool, Never>)] = []
    }

    let limit: Int
    private let state: Mutex<State>

    init(limit: Int) {
        self.limit = limit
        state = Mutex(State(free: limit))
    }

    var free: Int { state.withLock { $0.free } }

    /// Carries the work out when its turn comes.
    func pass<Value: Sendable>(
        _ work: () async throws(CallFailure) -> Value
    ) async throws(CallFailure) -> Value {
        guard await enter() else { throw Self.cancelled }
        defer { leave() }
        return try await work()
    }

    /// False when the task was cancelled before its turn.
    private func enter() async -> Bool {
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if Task.isCancelled { return false }
                    guard state.free == 0 else {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((id, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state in
                state.waiting.firstIndex { $0.id == id }.map { state.waiting.remove(at: $0) }
            }
            waiter?.continuation.resume(returning: false)
        }
    }

    private func leave() {
        let next: CheckedContinuation<Bool, Never>? = state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }

    private static let cancelled = CallFailure(
        kind: .transient, code: "not-sent", scope: .connection, vendorText: "cancelled",
        advice: LocalizedText(
            en: "The request did not leave for Zoho. It is tried again by itself.",
            es: "La petición no llegó a salir hacia Zoho. Se reintenta automáticamente."))
}
