import CRM
import Domain
import Logging
import Store

/// One turn after the other of a CRM's lane: writes what came back, takes as many new jobs as there is room for, and
/// lets them go in batches. It waits for no call: each batch has a place of its own.
struct CRMRound {
    /// Jobs claimed, or settled, in one transaction: some milliseconds, for which an answer to Meta may have to wait.
    private static let maxPerTurn = 200

    let courier: CRMCourier
    let grip: LaneGrip
    private let slots: CallSlots<ActivityOutcome>
    private var linking: CRMLinkQueue
    private var circuit: Circuit
    /// While somebody paused the account, or its rate is used up.
    private var isWaiting = false
    private var trial = PauseTrial()
    /// The pause that the job under way tries to end.
    private var tried: Pause?
    /// A transaction failed: it may have claimed what nobody has in hand.
    private var hasLeftovers = false
    /// What came back and is not in the database yet.
    private var outcomes: [ActivityOutcome] = []
    /// Batches that found no place: a claim may fall into one more than there is room for.
    private var waiting: [[ActivityJob]] = []

    init(courier: CRMCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: courier.settings.maxConcurrentCalls) { wakeBoard.ring(.lane(grip.lane)) }
        linking = CRMLinkQueue(courier: courier, grip: grip)
        circuit = Circuit(url: courier.connector.probeURL)
    }

    private var context: CourierContext { courier.context }
    private var batchSize: Int { courier.connector.capabilities.maxActivityBatch }

    /// - Returns: how many jobs were settled or taken.
    mutating func run() async throws -> Int {
        await gather()
        startWaiting()
        try await rescueLeftovers()
        let room = await room()
        guard room > 0 || !outcomes.isEmpty else { return 0 }
        let settling = Array(outcomes.prefix(Self.maxPerTurn))
        hasLeftovers = true
        let turn = try await context.store.takeTurn(
            settling: settling, claiming: min(room, Self.maxPerTurn), marksSending: courier.creationWrites != .always,
            grip: grip,
            policy: courier.settings.policy)
        hasLeftovers = false
        if turn.jobs.isEmpty { tried = nil }
        outcomes.removeFirst(settling.count)
        context.publish(turn.report)
        take(turn.jobs)
        return settling.count + turn.jobs.count
    }

    /// Until the lane has something, or a call has ended.
    func rest() async {
        let patience: Duration = isWaiting || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    /// For the end of the lane here: waits for the calls in hand, writes what they brought, puts the rest back.
    mutating func finish() async {
        await slots.waitUntilIdle()
        await linking.slots.waitUntilIdle()
        await gather()
        let now = context.store.now()
        let untouched = waiting.joined() + linking.giveBack()
        outcomes += untouched.map {
            ActivityOutcome(job: $0, outcome: .snoozed(until: now)).keepingDoubt(of: $0)
        }
        waiting = []
        do {
            try await settleOneByOne()
        } catch {
            // Whoever has the lane now rescues them.
            context.logger.warning("activities were not settled here", metadata: ["error": "\(error)"])
        }
    }

    /// After a transaction that failed as a whole: the one that cannot be written must not hold up its neighbours.
    mutating func settleOneByOne() async throws {
        while let outcome = outcomes.first {
            do {
                let turn = try await context.store.takeTurn(
                    settling: [outcome], claiming: 0, marksSending: false, grip: grip, policy: courier.settings.policy)
                context.publish(turn.report)
            } catch let error as SQLError where !error.isOfTheDatabase {
                // A rescue will put it back, or look for it.
                context.logger.error(
                    "an outcome could not be written",
                    metadata: ["job_id": "\(outcome.job.job.id)", "error": "\(error)"])
            }
            outcomes.removeFirst()
        }
    }

    // MARK: Room

    /// How many jobs may be claimed. While only a person can mend the account, one now and then as a trial.
    private mutating func room() async -> Int {
        let isIdle = isIdle
        if isIdle { await circuit.probe() }
        let pause = await context.pauses.pause(in: courier.account.workspace, covering: courier.pauseKeys)
        isWaiting = pause != nil || lacksHeadroom
        guard !hasLeftovers, waiting.isEmpty else { return 0 }
        if let pause {
            guard isIdle, !lacksHeadroom, trial.begins(despite: pause) else { return 0 }
            tried = pause
            return circuit.allowance(1)
        }
        return isWaiting ? 0 : circuit.allowance(batchSize * slots.free, isIdle: isIdle)
    }

    /// Nothing is in hand.
    private var isIdle: Bool {
        slots.isIdle && linking.isIdle && outcomes.isEmpty && waiting.isEmpty
    }

    /// Once nothing is in hand, what this lane claimed and does not know of is put back, or looked for.
    private mutating func rescueLeftovers() async throws {
        guard hasLeftovers, isIdle else { return }
        _ = try await context.store.rescue(grip, verifyAfter: courier.verifyAfter, includingOwn: true)
        hasLeftovers = false
    }

    /// R2: a fifth of the account's rate is left to others.
    private var lacksHeadroom: Bool {
        courier.connector.headroom?.wait(reserving: 0.2, now: .now) != nil
    }

    // MARK: Calls

    /// Jobs that need the same steps go together, so that each call is as large as it can be.
    private mutating func take(_ jobs: [ActivityJob]) {
        outcomes += jobs.filter(\.isNothingToDo).map { ActivityOutcome(job: $0, outcome: .completed) }
        let groups = Dictionary(grouping: jobs.filter { !$0.isNothingToDo }, by: \.step)
        for step in [ActivityJob.Step.write, .update, .verify] {
            waiting += (groups[step] ?? []).chunks(of: batchSize)
        }
        outcomes += linking.take(groups[.link] ?? [])
        startWaiting()
    }

    private mutating func startWaiting() {
        let call = CRMCall(courier: courier, grip: grip)
        while !waiting.isEmpty, slots.free > 0 {
            let batch = waiting.removeFirst()
            slots.start { await call.carryOut(batch) }
        }
        linking.start()
    }

    private mutating func gather() async {
        let finished = slots.takeFinished() + linking.takeFinished()
        guard !finished.isEmpty else { return }
        outcomes += finished
        let failures = finished.map(\.failure)
        circuit.note(failures)
        if let tried, let failure = failures.first {
            await trial.end(tried, failure, on: context.pauses)
            self.tried = nil
        }
        await context.pauses.add(failures, keys: courier.pauseKeys, in: courier.account.workspace)
    }
}

extension ActivityJob {
    /// What the CRM is asked first for a job.
    fileprivate enum Step {
        case write, update, verify, link
    }

    fileprivate var step: Step {
        if contact.remoteID == nil { return .link }
        if !isCreation { return .update }
        return job.mustVerify ? .verify : .write
    }

    /// An update of what the CRM does not have (yet): the creation carries the newest state. A creation that is done.
    fileprivate var isNothingToDo: Bool {
        switch job.kind {
        case .updateActivity: remoteID == nil
        case .recordActivity: remoteID != nil
        default: true
        }
    }
}

extension Array {
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: Swift.max(1, size)).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
