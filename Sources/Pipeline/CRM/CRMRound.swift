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
    private let preparation: CRMPreparation
    private let slots: CallSlots<CRMCall.Report>
    private var linking: CRMLinkQueue
    private var contacts: CRMContactQueue
    private var circuit: Circuit
    private var away: AwayNews
    /// Jobs in one call.
    private var size: CallSize
    private var pace: CRMPace
    private(set) var tier: RecordTier
    /// While somebody paused the account, or its rate is used up.
    private var isWaiting = false
    private var trial = PauseTrial()
    /// The pause that the job under way tries to end.
    private var tried: Pause?
    /// A transaction failed: it may have claimed what nobody has in hand.
    private var hasLeftovers = false
    /// What came back and is not in the database yet.
    private var outcomes: [ActivityOutcome] = []
    private var contactOutcomes: [ContactOutcome] = []
    /// Batches that found no place: a claim may fall into one more than there is room for.
    private var waiting: [[ActivityJob]] = []

    init(courier: CRMCourier, grip: LaneGrip, preparation: CRMPreparation) {
        self.courier = courier
        self.grip = grip
        self.preparation = preparation
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: courier.settings.maxConcurrentCalls) { wakeBoard.ring(.lane(grip.lane)) }
        linking = CRMLinkQueue(courier: courier, grip: grip)
        contacts = CRMContactQueue(courier: courier, grip: grip)
        circuit = Circuit(
            url: courier.connector.probeURL, lane: grip.lane, connect: courier.connector.connectionFailure,
            ping: courier.ping)
        away = AwayNews(
            of: .crmIsAway(CRMName.shown(courier.account.slug, kind: courier.account.kind)), context: courier.context,
            grip: grip)
        size = CallSize(max: courier.connector.capabilities.maxActivityBatch)
        pace = CRMPace(cpu: courier.settings.cpu, busyCPU: courier.settings.busyCPU)
        tier = RecordTier(recordsPerMinute: courier.settings.recordsPerMinute)
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many jobs were settled or taken.
    mutating func run() async throws -> Int {
        await context.giveWay()
        await gather()
        await away.tell(circuit)
        startWaiting()
        try await rescueLeftovers()
        let (room, trialOf) = await room()
        guard room > 0 || !outcomes.isEmpty || !contactOutcomes.isEmpty else { return 0 }
        let most = context.isPressed ? Self.maxPerTurn / 4 : Self.maxPerTurn
        let settling = Array(outcomes.prefix(most))
        let settlingContacts = Array(contactOutcomes.prefix(most))
        let hadLeftovers = hasLeftovers
        hasLeftovers = true
        let turn = try await context.store.takeTurn(
            settling: settling, contacts: settlingContacts, claiming: min(room, most),
            marksSending: courier.creationWrites != .always, grip: grip, policy: courier.settings.policy)
        hasLeftovers = hadLeftovers
        if let trialOf { tried = turn.isNothingToDo ? nil : trialOf }
        outcomes.removeFirst(settling.count)
        contactOutcomes.removeFirst(settlingContacts.count)
        context.publish(turn.report)
        take(turn)
        return settling.count + settlingContacts.count + turn.jobs.count + turn.contacts.count
    }

    /// Until the lane has something, or a call has ended.
    func rest() async {
        var patience: Duration = isWaiting || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        // A place that is free again rings; a turn that has come does not.
        let wait = pace.wait()
        if wait > .zero, !isIdle { patience = min(patience, max(wait, .milliseconds(2))) }
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    /// For the end of the lane here: waits for the calls in hand, writes what they brought, puts the rest back.
    mutating func finish() async {
        await slots.waitUntilIdle()
        await linking.slots.waitUntilIdle()
        await contacts.waitUntilIdle()
        await gather()
        let now = context.store.now()
        let untouched = waiting.joined() + linking.giveBack()
        outcomes += untouched.map { ActivityOutcome(job: $0, outcome: .snoozed(until: now)).keepingDoubt }
        contactOutcomes += contacts.giveBack().map { ContactOutcome(job: $0, outcome: .snoozed(until: now)) }
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
            try await settle(outcome.job.job, activities: [outcome])
            outcomes.removeFirst()
        }
        while let outcome = contactOutcomes.first {
            try await settle(outcome.job.job, contacts: [outcome])
            contactOutcomes.removeFirst()
        }
    }

    private func settle(
        _ job: ClaimedJob, activities: [ActivityOutcome] = [], contacts: [ContactOutcome] = []
    ) async throws {
        do {
            let turn = try await context.store.takeTurn(
                settling: activities, contacts: contacts, claiming: 0, marksSending: false, grip: grip,
                policy: courier.settings.policy)
            context.publish(turn.report)
        } catch let error where !error.isOfLane {
            // A rescue will put it back, or look for it.
            context.logger.error(
                "an outcome could not be written", metadata: ["job_id": "\(job.id)", "error": "\(error)"])
        }
    }

    // MARK: Room

    /// How many jobs may be claimed. While only a person can mend the account, one now and then as a trial.
    /// - Returns: also the pause that the one job would try to end.
    private mutating func room() async -> (jobs: Int, trialOf: Pause?) {
        let isIdle = isIdle
        if isIdle { await circuit.probe() }
        let pause = await context.pauses.pause(in: courier.account.workspace, covering: courier.pauseKeys)
        let allowed = tier.jobsLeft(context.store.now()) ?? .max
        isWaiting = pause != nil || lacksHeadroom || allowed == 0
        guard !hasLeftovers, waiting.isEmpty, contacts.hasRoom else { return (0, nil) }
        if let pause {
            guard isIdle, !lacksHeadroom, allowed > 0, trial.begins(despite: pause) else { return (0, nil) }
            return (await isPrepared(isTrial: true) ? circuit.allowance(1) : 0, pause)
        }
        guard !isWaiting, await isPrepared(isTrial: false) else { return (0, nil) }
        return (circuit.allowance(min(size.now * slots.free, allowed), isIdle: isIdle), nil)
    }

    /// A try is a call like any other: it waits under a pause, and the circuit opens when the CRM is away.
    private mutating func isPrepared(isTrial: Bool) async -> Bool {
        guard isIdle, preparation.isDue(isTrial: isTrial), circuit.allowance(1) > 0 else {
            return preparation.letsJobsPass
        }
        let failure = await courier.prepare()
        preparation.note(failure)
        circuit.note([failure?.ofCall])
        if let failure, case .throttled = failure.kind {
            await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.account.workspace)
        }
        return preparation.letsJobsPass
    }

    /// Nothing is in hand.
    private var isIdle: Bool {
        slots.isIdle && linking.isIdle && contacts.isIdle && outcomes.isEmpty && contactOutcomes.isEmpty
            && waiting.isEmpty
    }

    /// Once nothing is in hand, what this lane claimed and does not know of is put back, or looked for.
    private mutating func rescueLeftovers() async throws {
        guard isIdle else { return }
        tier.endAll(context.store.now())
        guard hasLeftovers else { return }
        let rescue = try await context.store.rescue(grip, verifyAfter: courier.verifyAfter, includingOwn: true)
        context.publish(rescue.report)
        hasLeftovers = false
    }

    /// R2: a fifth of the account's rate is left to others.
    private var lacksHeadroom: Bool {
        courier.connector.headroom?.wait(reserving: 0.2, now: .now) != nil
    }

    // MARK: Calls

    /// Jobs that need the same steps go together, so that each call is as large as it can be.
    private mutating func take(_ turn: CRMTurn) {
        let jobs = turn.jobs
        outcomes += jobs.filter(\.isNothingToDo).map { ActivityOutcome(job: $0, outcome: .completed) }
        let groups = Dictionary(grouping: jobs.filter { !$0.isNothingToDo }, by: \.step)
        for step in [ActivityJob.Step.write, .update, .verify] {
            waiting += (groups[step] ?? []).chunks(of: size.now)
        }
        let putBack = linking.take(groups[.link] ?? [])
        outcomes += putBack
        contacts.take(turn.contacts)
        count(jobs, turn.contacts, without: Set(putBack.map(\.job.job.id)))
        startWaiting()
    }

    /// What begins counts against the tier; what was put back at once does not.
    private mutating func count(_ jobs: [ActivityJob], _ contacts: [ContactJob], without putBack: Set<JobID>) {
        for job in jobs where !putBack.contains(job.job.id) { tier.begin(job.job.id, records: job.records) }
        for contact in contacts { tier.begin(contact.job.id, records: 1) }
    }

    private mutating func startWaiting() {
        let call = CRMCall(courier: courier, grip: grip)
        while !waiting.isEmpty, slots.free > 0, pace.takeTurn() {
            let batch = waiting.removeFirst()
            slots.start { [await .timed { await call.carryOut(batch) }] }
        }
        linking.start(size: size.now, pace: &pace)
        contacts.start(size: size.now, pace: &pace)
    }

    private mutating func gather() async {
        let finished = slots.takeFinished() + linking.takeFinished()
        let updated = contacts.takeFinished()
        guard !finished.isEmpty || !updated.isEmpty else { return }
        let calls = finished.flatMap(\.calls) + updated.flatMap(\.calls)
        pace.note(calls, took: finished.flatMap(\.took) + updated.flatMap(\.took))
        circuit.note(calls)
        for report in finished { size.note(report.calls, of: report.outcomes.count) }
        for report in updated { size.note(report.calls, of: report.outcomes.count) }
        let brought = finished.flatMap(\.outcomes)
        let broughtContacts = updated.flatMap(\.outcomes)
        tier.end(brought.map(\.job.job.id) + broughtContacts.map(\.job.job.id), context.store.now())
        for outcome in brought.map({ spared($0) }) {
            context.logEnd(of: outcome.job.job.id, outcome.outcome, because: outcome.failure, in: grip.lane)
            outcomes.append(outcome)
        }
        for outcome in broughtContacts { contactOutcomes.append(spared(outcome)) }
        if let tried { await endTrial(of: tried, calls) }
        await context.pauses.add(
            calls + brought.map(\.failure) + broughtContacts.map(\.failure), keys: courier.pauseKeys,
            in: courier.account.workspace)
    }

    /// While the CRM is at fault, its failures cost no job an attempt.
    private mutating func spared(_ outcome: ActivityOutcome) -> ActivityOutcome {
        guard outcome.failure?.isOfDestination == true, circuit.spares(outcome.job.job.id) else { return outcome }
        return courier.spared(outcome)
    }

    private mutating func spared(_ outcome: ContactOutcome) -> ContactOutcome {
        guard outcome.failure?.isOfDestination == true, circuit.spares(outcome.job.job.id) else { return outcome }
        return courier.spared(outcome)
    }

    private mutating func endTrial(of pause: Pause, _ calls: [CallFailure?]) async {
        tried = nil
        // Put back before anything left: that tells nothing.
        guard !calls.isEmpty else { return }
        await trial.end(pause, calls.lazy.compactMap(\.self).first, on: context.pauses)
    }
}

extension CRMTurn {
    /// Nothing of it needs the CRM.
    fileprivate var isNothingToDo: Bool { contacts.isEmpty && jobs.allSatisfy(\.isNothingToDo) }
}

extension ActivityJob {
    /// What the CRM is asked first for a job.
    fileprivate enum Step {
        case write, update, verify, link
    }

    /// How many records of the CRM it writes at most: a customer who is looked for may have to be made as well.
    fileprivate var records: Int {
        if isNothingToDo { return 0 }
        return step == .link ? 2 : 1
    }

    fileprivate var step: Step {
        if contact.remoteID == nil { return .link }
        if !isCreation { return .update }
        return job.mustVerify ? .verify : .write
    }
}

extension Array {
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: Swift.max(1, size)).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
