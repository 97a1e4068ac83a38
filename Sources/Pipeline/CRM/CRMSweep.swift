import CRM
import Domain
import Logging
import Store

/// Reads what changed in a CRM since the last look, every few minutes: webhooks may be lost, late or not set up at all.
/// Runs beside the courier, on the node that holds the lane, and stands back behind it.
struct CRMSweep {
    /// How much of the account's rate is left to the courier and to others.
    static let reserve = 0.4
    private static let deletionsEvery: Duration = .hours(6)
    /// A list of deleted records that has no end would hold up the changes.
    private static let maxDeletionPages = 1000

    let courier: CRMCourier
    let grip: LaneGrip
    private let preparation: CRMPreparation
    private var deletionsReadAt: ContinuousClock.Instant?

    init(courier: CRMCourier, grip: LaneGrip, preparation: CRMPreparation) {
        self.courier = courier
        self.grip = grip
        self.preparation = preparation
    }

    private var context: CourierContext { courier.context }
    private var connector: any Connector { courier.connector }

    /// Until the task is cancelled or the lane lost.
    mutating func run() async {
        guard connector.capabilities.changesByPull else { return }
        while !Task.isCancelled, context.lease.mayAct {
            do {
                // Kept before the CRM is asked for anything: until it answers, time goes by in which records change.
                _ = try await cursor()
                while !preparation.letsJobsPass { try await Task.sleep(for: .seconds(1)) }
                try await waitUntilDue()
                try await readChanges()
                try await readDeletions()
            } catch is LaneLost {
                return
            } catch let failure as CallFailure {
                await rest(after: failure)
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("a sweep of the CRM failed", metadata: ["error": "\(error)"])
                await pause(for: .seconds(5))
            }
        }
    }

    private func waitUntilDue() async throws {
        let state = try await context.store.sweepState(grip)
        guard let last = state.lastSweepAt else { return }
        let wait = last + courier.settings.sweepEvery - context.store.now()
        if wait > .zero { try await Task.sleep(for: min(wait, courier.settings.sweepEvery)) }
    }

    // MARK: Changes

    private func readChanges() async throws {
        var cursor = try await cursor()
        while !Task.isCancelled, context.lease.mayAct {
            try await standBack()
            let mapping = try await courier.mapping()
            let readAt = context.store.now()
            let page = try await connector.changes(since: cursor, reading: mapping?.remoteNames ?? [])
            let identities = page.contacts.map {
                RemoteIdentity($0, region: courier.settings.region, comparing: mapping)
            }
            context.publish(
                try await context.store.adopt(
                    identities, cursor: page.nextCursor, isLast: !page.isMore,
                    comparing: courier.comparison(.sweep, readAt: readAt), grip: grip))
            guard page.isMore else { return }
            cursor = page.nextCursor
        }
    }

    /// The first sweep begins now: who was there before is found when there is something to record.
    private func cursor() async throws -> String {
        if let kept = try await context.store.sweepState(grip).cursor { return kept }
        return try await context.store.beginSweeps(at: connector.cursor(from: context.store.now()), grip: grip)
    }

    private mutating func readDeletions() async throws {
        guard connector.capabilities.deletionsByPull,
            deletionsReadAt.map({ ContinuousClock.now - $0 > Self.deletionsEvery }) ?? true
        else { return }
        var cursor: String?
        for _ in 0..<Self.maxDeletionPages {
            try Task.checkCancellation()
            try await standBack()
            let page = try await connector.deletions(after: cursor)
            try await context.store.unlink(page.ids, grip: grip)
            cursor = page.nextCursor
            if cursor == nil { break }
        }
        deletionsReadAt = .now
    }

    // MARK: Standing back

    private func standBack() async throws { try await courier.standBack(reserving: Self.reserve) }

    private func rest(after failure: CallFailure) async {
        context.logger.warning(
            "changes in the CRM could not be read",
            metadata: ["connector": "\(courier.account.slug)", "code": "\(failure.code)"])
        await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.account.workspace)
        switch failure.kind {
        case .throttled(let wait): await pause(for: min(wait, .minutes(5)))
        case .permanent: await pause(for: courier.settings.sweepEvery)
        case .transient, .unknown, .unreachable, .accountWide: await pause(for: .seconds(10))
        }
    }
}
