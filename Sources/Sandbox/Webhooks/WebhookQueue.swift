import Synchronization

/// Updates on their way to one callback. Bounded: what does not fit is refused, and the refusal counted.
/// As long as a sender is free each update goes out alone and at once; when more wait than there are senders, up to
/// `updatesPerPost` travel together, as Meta batches under load.
final class WebhookQueue: Sendable {
    private struct State {
        var fresh = FIFOQueue<WebhookUpdate>()
        var retries = FIFOQueue<WebhookShipment>()
        /// Updates waiting here, in flight, or for their next attempt.
        var outstanding = 0
        var idle: [CheckedContinuation<WebhookShipment?, Never>] = []
        var isClosed = false
        var updatesPerPost: Int
    }

    private let capacity: Int
    private let senders: Int
    private let state: Mutex<State>

    init(capacity: Int, senders: Int, updatesPerPost: Int) {
        self.capacity = capacity
        self.senders = senders
        state = Mutex(State(updatesPerPost: updatesPerPost))
    }

    var outstanding: Int { state.withLock { $0.outstanding } }

    func limit(updatesPerPost: Int) {
        state.withLock { $0.updatesPerPost = updatesPerPost }
    }

    /// How many of the updates were taken, in order; the rest found no room.
    func offer(_ updates: [WebhookUpdate]) -> Int {
        let (taken, wakes) = state.withLock { state in
            let taken = state.isClosed ? 0 : min(updates.count, max(0, capacity - state.outstanding))
            for update in updates.prefix(taken) { state.fresh.append(update) }
            state.outstanding += taken
            return (taken, Self.shipments(for: &state, senders: senders))
        }
        for (sender, shipment) in wakes { sender.resume(returning: shipment) }
        return taken
    }

    /// Puts a failed shipment back; it goes before fresh updates. It was never taken off the count.
    func offerAgain(_ shipment: WebhookShipment) {
        let wakes = state.withLock { state in
            guard !state.isClosed else {
                return [] as [(CheckedContinuation<WebhookShipment?, Never>, WebhookShipment)]
            }
            state.retries.append(shipment)
            return Self.shipments(for: &state, senders: senders)
        }
        for (sender, shipment) in wakes { sender.resume(returning: shipment) }
    }

    /// A shipment has arrived or was given up.
    func settle(_ shipment: WebhookShipment) {
        state.withLock { $0.outstanding = max(0, $0.outstanding - shipment.updates.count) }
    }

    /// What to post next; waits for it. Nil when the queue was closed.
    func next() async -> WebhookShipment? {
        await withCheckedContinuation { continuation in
            let answer: WebhookShipment?? = state.withLock { state in
                if state.isClosed { return .some(nil) }
                if let shipment = Self.take(from: &state, senders: senders) { return shipment }
                state.idle.append(continuation)
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    func close() {
        let idle = state.withLock { state in
            state.isClosed = true
            defer { state.idle = [] }
            return state.idle
        }
        for sender in idle { sender.resume(returning: nil) }
    }

    /// Forgets what waits; what is in flight arrives.
    func clear() {
        state.withLock { state in
            state.fresh.removeAll()
            state.retries.removeAll()
            state.outstanding = 0
        }
    }

    private static func shipments(
        for state: inout State, senders: Int
    ) -> [(CheckedContinuation<WebhookShipment?, Never>, WebhookShipment)] {
        var wakes: [(CheckedContinuation<WebhookShipment?, Never>, WebhookShipment)] = []
        while !state.idle.isEmpty, let shipment = take(from: &state, senders: senders) {
            wakes.append((state.idle.removeLast(), shipment))
        }
        return wakes
    }

    private static func take(from state: inout State, senders: Int) -> WebhookShipment? {
        if let retry = state.retries.popFirst() { return retry }
        let limit = state.fresh.count > senders ? state.updatesPerPost : 1
        guard let first = state.fresh.popFirst() else { return nil }
        var updates = [first]
        while updates.count < limit, let next = state.fresh.first, WebhookShipment.canJoin(first, next) {
            updates.append(next)
            _ = state.fresh.popFirst()
        }
        return WebhookShipment(updates: updates)
    }
}
