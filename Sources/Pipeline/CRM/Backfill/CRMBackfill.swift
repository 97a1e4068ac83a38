import CRM
import Domain
import Logging
import Store

/// Works on the connection's back-fill, where there is one. Runs beside the courier, on the node that holds the lane, and
/// hurries nobody: half of the account's rate is left alone, hardly anything goes once a fifth of its day is left, and nothing is
/// asked while the account is paused. May end at any point: whoever takes the lane up next goes on exactly there.
struct CRMBackfill {
    /// How much of the account's rate is left to the courier, to the sweep and to others.
    static let reserve = 0.5
    private static let rest: Duration = .seconds(1)
    /// Until it is looked whether what was handed over is done.
    private static let patience: Duration = .milliseconds(100)
    /// Where each contact is searched for, which takes its time: live contacts wait behind so many at most.
    private static let mostSearched = 20

    let courier: CRMCourier
    let grip: LaneGrip
    private let preparation: CRMPreparation
    private var pace = BackfillPace()

    init(courier: CRMCourier, grip: LaneGrip, preparation: CRMPreparation) {
        self.courier = courier
        self.grip = grip
        self.preparation = preparation
    }

    private var context: CourierContext { courier.context }
    private var connector: any Connector { courier.connector }

    /// Until the task is cancelled or the lane lost.
    mutating func run() async {
        while !Task.isCancelled, context.lease.mayAct {
            do {
                guard preparation.letsJobsPass, let backfill = try await context.store.runningBackfill(grip) else {
                    try await Task.sleep(for: Self.rest)
                    continue
                }
                try await goOn(backfill)
            } catch is LaneLost {
                return
            } catch is CancellationError {
                return
            } catch {
                context.logger.error("a back-fill does not go on", metadata: ["error": "\(error)"])
                await pause(for: .seconds(5))
            }
        }
    }

    private mutating func goOn(_ backfill: Backfill) async throws {
        do {
            let step =
                switch backfill.phase {
                case .fromCRM: try await read(backfill)
                case .toCRM: try await tell(backfill)
                case .history: try await record(backfill)
                }
            note(step, of: backfill)
            if step == .waits { try await Task.sleep(for: Self.patience) }
        } catch let failure as CallFailure {
            await rest(after: failure, of: backfill)
        }
    }

    private func note(_ step: BackfillStep, of backfill: Backfill) {
        guard step == .ended else { return }
        context.logger.notice(
            "a phase of a back-fill is over",
            metadata: ["connector": "\(courier.account.slug)", "phase": "\(backfill.phase.rawValue)"])
    }

    // MARK: From the CRM

    private mutating func read(_ backfill: Backfill) async throws -> BackfillStep {
        try await courier.standBack(reserving: Self.reserve)
        if isToBeAskedHowMany(backfill) {
            try await context.store.expect(try await count(), of: backfill, grip: grip)
        }
        let mapping = try await courier.mapping()
        let readAt = context.store.now()
        let page = try await connector.changes(since: backfill.cursor, reading: mapping?.remoteNames ?? [])
        let identities = page.contacts.map {
            RemoteIdentity($0, region: courier.settings.region, comparing: mapping)
        }
        await context.giveWay()
        let rate = pace.reached(backfill.done, of: backfill.phase)
        let (step, report) = try await context.store.backfill(
            backfill, page: identities, cursor: page.nextCursor, isLast: !page.isMore,
            comparing: courier.comparison(.comparison, readAt: readAt), rate: rate, grip: grip)
        context.publish(report)
        return step
    }

    /// At its beginning, and again when there are more than the CRM said: its index may have lagged, or people were added.
    private func isToBeAskedHowMany(_ backfill: Backfill) -> Bool {
        guard let expected = backfill.expected else { return backfill.cursor == nil }
        return backfill.done > expected
    }

    /// Only for the bar: where it may not be asked for, nobody is held up.
    private func count() async throws(CallFailure) -> Int? {
        do {
            return try await connector.contactCount()
        } catch {
            guard error.kind == .permanent else { throw error }
            return nil
        }
    }

    // MARK: To the CRM

    /// Calls nobody itself: the lane's jobs do, under its pauses, its circuit and its pace.
    private mutating func tell(_ backfill: Backfill) async throws -> BackfillStep {
        try await courier.spareTheDay()
        if backfill.expected == nil {
            try await context.store.expect(
                try await context.store.unlinkedCount(of: backfill), of: backfill, grip: grip)
        }
        await context.giveWay()
        let capabilities = connector.capabilities
        let most =
            capabilities.findsContacts
            ? min(Self.mostSearched, capabilities.maxContactBatch) : capabilities.maxContactBatch
        let rate = pace.reached(backfill.done, of: backfill.phase)
        let step = try await context.store.tellCRM(backfill, most: most, rate: rate, grip: grip)
        if step == .wentOn { context.wakeBoard.ring(.lane(grip.lane)) }
        return step
    }

    private mutating func record(_ backfill: Backfill) async throws -> BackfillStep {
        try await courier.spareTheDay()
        await context.giveWay()
        let rate = pace.reached(backfill.done, of: backfill.phase)
        let (step, report) = try await context.store.recordHistory(
            backfill, most: max(20, connector.capabilities.maxActivityBatch), rate: rate, grip: grip)
        context.publish(report)
        return step
    }

    // MARK: Trouble

    /// Its page says why it waits; it goes on by itself when that is mended.
    private func rest(after failure: CallFailure, of backfill: Backfill) async {
        context.logger.warning(
            "a back-fill waits",
            metadata: ["connector": "\(courier.account.slug)", "code": "\(failure.code)"])
        await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.account.workspace)
        do {
            try await context.store.noteTrouble(failure.advice, of: backfill, grip: grip)
        } catch {
            // Whoever has the lane now, or the next try, finds out for itself.
            context.logger.info("why a back-fill waits was not noted", metadata: ["error": "\(error)"])
        }
        switch failure.kind {
        case .throttled(let wait): await pause(for: min(wait, .minutes(5)))
        case .permanent: await pause(for: .minutes(1))
        case .transient, .unknown, .unreachable, .accountWide: await pause(for: .seconds(10))
        }
    }
}
