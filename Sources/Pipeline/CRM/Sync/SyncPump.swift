import Domain
import Logging
import Store

/// Makes jobs of what the database noted of contacts that changed here, and walks through all of them now and then: what
/// nobody told of is found, too. Runs beside the courier, on the node that holds the lane.
struct SyncPump {
    private static let pause: Duration = .milliseconds(300)
    /// Jobs written in one transaction.
    private static let most = 200

    let courier: CRMCourier
    let grip: LaneGrip

    private var place: Int64 = 0
    private var pace = ComparisonPace()

    init(courier: CRMCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
    }

    private var context: CourierContext { courier.context }

    /// Until the task is cancelled or the lane lost.
    mutating func run() async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                let isMore = try await turn()
                if !isMore { await Pipeline.pause(for: Self.pause) }
            } catch is LaneLost {
                return
            } catch {
                context.logger.error("changed contacts could not be taken up", metadata: ["error": "\(error)"])
                await Pipeline.pause(for: .seconds(5))
            }
        }
    }

    /// - Returns: whether more may wait.
    private mutating func turn() async throws -> Bool {
        await context.giveWay()
        let due = try await context.store.takeDue(limit: Self.most, behind: place, grip: grip)
        place = due.place
        if !due.contacts.isEmpty {
            context.wakeBoard.ring(.lane(grip.lane))
            return due.contacts.count == Self.most
        }
        return try await compare()
    }

    /// Only while nothing else waits: a comparison of everything hurries nobody.
    private mutating func compare() async throws -> Bool {
        guard pace.mayStep(isOnlyReserveLeft: courier.hasOnlyReserveLeft, now: .now) else { return false }
        let isMore = try await context.store.continueComparison(
            every: courier.settings.compareEvery, limit: Self.most, grip: grip)
        pace.note(isMore: isMore, now: .now)
        return isMore
    }
}
