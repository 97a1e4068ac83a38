import Domain
import Logging
import Store

/// One turn after the other of a subscriber's lane: writes what came of calls, and lets as many events go as there is
/// room for.
struct HookRound {
    let courier: HookCourier
    let grip: LaneGrip
    private let slots: CallSlots<HookAttempt>
    private var pace: HookPace
    /// Where the subscriber was when it was last looked at.
    private var address: String?
    private var inHand: Set<WebhookDeliveryID> = []
    /// What came back and is not in the database yet.
    private var attempts: [HookAttempt] = []

    init(courier: HookCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        pace = HookPace(most: courier.settings.maxConcurrentCalls)
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: courier.settings.maxConcurrentCalls) { wakeBoard.ring(.lane(grip.lane)) }
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many events were settled or begun.
    mutating func run() async throws -> Int {
        await context.giveWay()
        gather()
        let settled = attempts.count
        try await settle()
        let room = min(slots.free, pace.room(underWay: inHand.count, now: .now))
        // One that is spared is looked at all the same: somebody may have mended its address.
        guard room > 0 || pace.isSparing else { return settled }
        let turn = try await context.store.hookTurn(grip, inHand: inHand, limit: room)
        guard let target = turn.target else { return settled }
        let isElsewhere = isElsewhere(target.endpoint.url)
        for delivery in turn.deliveries { start(delivery, to: target) }
        return settled + turn.deliveries.count + (isElsewhere ? 1 : 0)
    }

    /// Another address than before has failed nobody yet: it is not spared.
    private mutating func isElsewhere(_ url: String) -> Bool {
        defer { address = url }
        guard let address, address != url else { return false }
        pace = HookPace(most: courier.settings.maxConcurrentCalls)
        return true
    }

    /// Until there is something to tell, or a call has ended.
    func rest() async {
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: .seconds(1))
    }

    /// For the end of the lane here: waits for the calls in hand and writes what they brought.
    mutating func finish() async {
        await slots.waitUntilIdle()
        gather()
        do {
            try await settle()
        } catch {
            // Whoever has the lane now sends them again, and the receiver knows them.
            context.logger.warning("what subscribers answered was not settled here", metadata: ["error": "\(error)"])
        }
    }

    private mutating func start(_ delivery: HookDelivery, to target: HookTarget) {
        inHand.insert(delivery.id)
        let call = HookCall(courier: courier, target: target)
        slots.start { [await call.send(delivery)] }
    }

    private mutating func gather() {
        for attempt in slots.takeFinished() {
            pace.note(isDelivered: attempt.verdict == .delivered, now: .now)
            attempts.append(attempt)
        }
    }

    private mutating func settle() async throws {
        guard !attempts.isEmpty else { return }
        let isOff = try await context.store.settle(attempts, offAfter: courier.settings.offAfter, grip: grip)
        for attempt in attempts { inHand.remove(attempt.delivery) }
        attempts = []
        guard let workspace = grip.workspace else { return }
        context.changes.publish(.webhooks, in: workspace)
        guard isOff else { return }
        context.logger.warning("a subscriber is told nothing more", metadata: ["lane": "\(grip.lane)"])
        context.changes.publish(.connections, in: workspace)
    }
}
