import Synchronization

/// Takes what the simulators have to tell and hands it to the couriers of the callbacks that want it, after the
/// faults asked for webhooks had their way with it.
final class WebhookOffice: Sendable {
    private struct State {
        var couriers: [WebhookCourier] = []
        var lost = 0
        var updatesPerPost: Int
    }

    private let parts: WebhookParts
    private let faults: FaultPlan
    private let framing: @Sendable (SandboxCallback.Sender) -> WebhookFraming
    private let state: Mutex<State>
    private let newCouriers = AsyncStream.makeStream(of: WebhookCourier.self, bufferingPolicy: .bufferingNewest(256))

    init(
        parts: WebhookParts, faults: FaultPlan,
        framing: @escaping @Sendable (SandboxCallback.Sender) -> WebhookFraming
    ) {
        self.parts = parts
        self.faults = faults
        self.framing = framing
        state = Mutex(State(updatesPerPost: parts.settings.updatesPerPost))
    }

    /// Runs the couriers, also those added later, until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for await courier in newCouriers.stream {
                group.addTask { await courier.run() }
            }
            group.cancelAll()
        }
    }

    /// Replaces the callbacks of the senders named; couriers of addresses that stay keep their queues.
    func setCallbacks(_ callbacks: [SandboxCallback], of senders: Set<SandboxCallback.Sender>) {
        let (added, removed) = state.withLock { state in
            let staying = state.couriers.filter {
                !senders.contains($0.callback.sender) || callbacks.contains($0.callback)
            }
            let removed = state.couriers.filter { courier in !staying.contains { $0 === courier } }
            let known = Set(staying.map(\.callback))
            let added = Set(callbacks).subtracting(known).map {
                WebhookCourier(callback: $0, framing: framing($0.sender), parts: parts)
            }
            for courier in added { courier.limit(updatesPerPost: state.updatesPerPost) }
            state.couriers = staying + added
            return (added, removed)
        }
        for courier in removed { courier.close() }
        for courier in added { newCouriers.continuation.yield(courier) }
    }

    func couriers(of sender: SandboxCallback.Sender) -> [WebhookCourier] {
        state.withLock { state in state.couriers.filter { $0.callback.sender == sender } }
    }

    var callbacks: [SandboxCallback] { state.withLock { $0.couriers.map(\.callback) } }

    func limit(updatesPerPost: Int) {
        let couriers = state.withLock { state in
            state.updatesPerPost = updatesPerPost
            return state.couriers
        }
        for courier in couriers { courier.limit(updatesPerPost: updatesPerPost) }
    }

    /// False when a callback's queue had no room for all of them.
    /// - Parameter url: the one callback they are for; nil for all of the sender's.
    @discardableResult
    func send(_ updates: [WebhookUpdate], from sender: SandboxCallback.Sender, to url: String? = nil) -> Bool {
        var isComplete = true
        var prompt: [WebhookUpdate] = []
        for update in updates {
            let fault = faults.decide(for: .webhooks, path: [sender.rawValue])
            if fault.isQuiet { prompt.append(update) } else { send(update, from: sender, to: url, despite: fault) }
        }
        for courier in couriers(of: sender, url) where courier.offer(prompt) < prompt.count { isComplete = false }
        return isComplete
    }

    /// The most updates that wait at any callback of this sender.
    func backlog(of sender: SandboxCallback.Sender) -> Int {
        couriers(of: sender).map(\.outstanding).max() ?? 0
    }

    func reset() {
        let couriers = state.withLock { state in
            state.lost = 0
            return state.couriers
        }
        for courier in couriers { courier.reset() }
    }

    var json: JSON {
        let (couriers, lost) = state.withLock { ($0.couriers, $0.lost) }
        return ["callbacks": .array(couriers.map(\.json)), "lost_by_faults": JSON(lost)]
    }

    private func couriers(of sender: SandboxCallback.Sender, _ url: String?) -> [WebhookCourier] {
        couriers(of: sender).filter { url == nil || $0.callback.url == url }
    }

    private func send(
        _ update: WebhookUpdate, from sender: SandboxCallback.Sender, to url: String?, despite fault: FaultDecision
    ) {
        if fault.dropsRequest {
            state.withLock { $0.lost += 1 }
            return
        }
        let wait = fault.delayBefore + fault.delayAfter + faults.random(upTo: fault.reordersWithin)
        offer(update, from: sender, to: url, after: wait)
        if fault.duplicates { offer(update, from: sender, to: url, after: wait + faults.random(upTo: 200)) }
        if fault.dropsAnswer { offer(update, from: sender, to: url, after: wait + 1000) }
    }

    private func offer(
        _ update: WebhookUpdate, from sender: SandboxCallback.Sender, to url: String?, after milliseconds: Int64
    ) {
        guard milliseconds > 0 else {
            for courier in couriers(of: sender, url) { courier.offer([update]) }
            return
        }
        parts.timetable.schedule(after: milliseconds) { [self] in
            for courier in couriers(of: sender, url) { courier.offer([update]) }
        }
    }
}
