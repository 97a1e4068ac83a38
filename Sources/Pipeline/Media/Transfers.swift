import Synchronization

/// Files under way to or from Meta, of one lane. Nothing of them is uncertain, and one may take minutes: when the lane is
/// given up they are broken off at once, where a send would be waited for.
final class Transfers: Sendable {
    private struct State {
        var isBrokenOff = false
        var nextID = 0
        var cancel: [Int: @Sendable () -> Void] = [:]
    }

    private let state = Mutex(State())

    var isBrokenOff: Bool { state.withLock { $0.isBrokenOff } }

    /// Cancels those under way and all that begin after it.
    func breakOff() {
        let cancellations = state.withLock { state in
            state.isBrokenOff = true
            return Array(state.cancel.values)
        }
        cancellations.forEach { $0() }
    }

    /// - Throws: what the transfer threw; when it was broken off that is of no interest: see ``isBrokenOff``.
    func run<Value: Sendable>(_ transfer: @escaping @Sendable () async throws -> Value) async throws -> Value {
        // Not structured: it ends when the lane says so, whatever becomes of the task that waits for it.
        let task = Task { try await transfer() }
        let id = state.withLock { state -> Int? in
            guard !state.isBrokenOff else { return nil }
            state.nextID += 1
            state.cancel[state.nextID] = { task.cancel() }
            return state.nextID
        }
        guard let id else {
            task.cancel()
            return try await task.value
        }
        defer { state.withLock { _ = $0.cancel.removeValue(forKey: id) } }
        return try await task.value
    }
}
