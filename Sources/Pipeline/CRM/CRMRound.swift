import CRM
import Domain
import Store

/// One turn after the other of a CRM's lane.
struct CRMRound {
    let courier: CRMCourier
    let grip: LaneGrip
    private var circuit: Circuit
    private var isWaiting = false
    private var trial = PauseTrial()

    init(courier: CRMCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        circuit = Circuit(url: courier.connector.probeURL)
    }

    private var context: CourierContext { courier.context }
    private var batchSize: Int { courier.connector.capabilities.maxActivityBatch }

    /// - Returns: how many jobs were taken.
    mutating func run() async throws -> Int {
        let pause = await context.pauses.pause(in: courier.account.workspace, covering: courier.pauseKeys)
        let isTrial = trial.begins(despite: pause)
        isWaiting = pause != nil && !isTrial
        guard !isWaiting, await respectHeadroom() else { return 0 }
        await circuit.probe()
        let limit = circuit.allowance(isTrial ? 1 : batchSize * courier.settings.maxConcurrentCalls)
        guard limit > 0 else { return 0 }
        let jobs = try await context.store.claimActivities(
            grip, limit: limit, marksSending: courier.creationWrites != .always)
        guard !jobs.isEmpty else { return 0 }
        let outcomes = try await work(jobs)
        circuit.note(outcomes.map(\.failure))
        await pauseScopes(outcomes)
        if isTrial, let outcome = outcomes.first(where: { !$0.job.isNothingToDo }) {
            await trial.end(pause, outcome.failure, on: context.pauses)
        }
        context.publish(
            try await context.keep { store in
                try await store.record(outcomes, grip: grip, policy: courier.settings.policy)
            })
        return jobs.count
    }

    func rest() async {
        let patience: Duration = isWaiting || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    /// R2: a fifth of the account's rate is left to others.
    private mutating func respectHeadroom() async -> Bool {
        guard let wait = courier.connector.headroom?.wait(reserving: 0.2, now: .now) else { return true }
        await pause(for: min(wait, .seconds(1)))
        return false
    }

    // MARK: What to do with each

    private func work(_ jobs: [ActivityJob]) async throws -> [ActivityOutcome] {
        var outcomes = jobs.filter(\.isNothingToDo).map { ActivityOutcome(job: $0, outcome: .completed) }
        let rest = jobs.filter { !$0.isNothingToDo }
        let (linked, unlinkable) = try await ContactLinking(courier: courier, grip: grip).link(rest)
        outcomes += unlinkable
        let creations = linked.filter(\.isCreation)
        let (absent, found) = try await verify(creations.filter(\.job.mustVerify))
        outcomes += found
        let creating = creations.filter { !$0.job.mustVerify } + absent
        if courier.creationWrites != .always { try await markUnmarked(creating, in: jobs) }
        let updates = linked.filter { !$0.isCreation }
        async let created = create(creating)
        async let updated = update(updates)
        return outcomes + (await created) + (await updated)
    }

    /// Those whose contact was linked, or whose absence was verified, only just now.
    private func markUnmarked(_ creating: [ActivityJob], in claimed: [ActivityJob]) async throws {
        let marked = Set(
            claimed.filter { $0.isCreation && $0.contact.remoteID != nil && !$0.job.mustVerify }.map(\.job.id))
        try await context.store.markSending(creating.map(\.job.id).filter { !marked.contains($0) }, grip: grip)
    }

    /// Looks for activities of which nobody knows whether they were written.
    private func verify(
        _ jobs: [ActivityJob]
    ) async throws -> (absent: [ActivityJob], found: [ActivityOutcome]) {
        guard !jobs.isEmpty else { return ([], []) }
        var absent: [ActivityJob] = []
        var outcomes: [ActivityOutcome] = []
        for chunk in jobs.chunks(of: batchSize) {
            do {
                let ids = try await courier.connector.findActivities(chunk.map(courier.activity))
                for (job, id) in zip(chunk, ids) {
                    guard let id else {
                        absent.append(job)
                        continue
                    }
                    outcomes.append(ActivityOutcome(job: job, outcome: .completed, remoteID: id))
                }
            } catch {
                // Looking changes nothing there, so it may be repeated, but the doubt stays.
                outcomes += chunk.map { courier.outcome($0, error, writes: .afterLooking(delay: .zero)).stillInDoubt }
            }
        }
        return (absent, outcomes)
    }

    private func create(_ jobs: [ActivityJob]) async -> [ActivityOutcome] {
        await inChunks(jobs) { (chunk: [ActivityJob]) async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.recordActivities(chunk.map(courier.activity))
        } writes: {
            courier.creationWrites
        }
    }

    private func update(_ jobs: [ActivityJob]) async -> [ActivityOutcome] {
        await inChunks(jobs) { (chunk: [ActivityJob]) async throws(CallFailure) -> [ItemOutcome] in
            try await courier.connector.updateActivities(
                chunk.map { ActivityUpdate(remoteID: $0.remoteID ?? "", activity: courier.activity($0)) })
        } writes: {
            .always
        }
    }

    private func inChunks(
        _ jobs: [ActivityJob],
        call: @escaping @Sendable ([ActivityJob]) async throws(CallFailure) -> [ItemOutcome],
        writes: @escaping @Sendable () -> RepeatableWrites
    ) async -> [ActivityOutcome] {
        await withTaskGroup(of: [ActivityOutcome].self) { group in
            for chunk in jobs.chunks(of: batchSize) {
                group.addTask { await self.outcomes(of: chunk, call: call, writes: writes()) }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }

    private func outcomes(
        of chunk: [ActivityJob],
        call: ([ActivityJob]) async throws(CallFailure) -> [ItemOutcome],
        writes: RepeatableWrites
    ) async -> [ActivityOutcome] {
        guard context.lease.mayAct else {
            let now = context.store.now()
            return chunk.map { ActivityOutcome(job: $0, outcome: .snoozed(until: now)) }
        }
        do {
            let items = try await call(chunk)
            return zip(chunk, items).map { job, item in
                switch item {
                case .done(let id): ActivityOutcome(job: job, outcome: .completed, remoteID: id)
                case .failed(let failure): courier.outcome(job, failure, writes: writes)
                }
            }
        } catch {
            return chunk.map { courier.outcome($0, error, writes: writes) }
        }
    }

    private func pauseScopes(_ outcomes: [ActivityOutcome]) async {
        var done: Set<PauseScope> = [.message, .pair]
        for failure in outcomes.compactMap(\.failure) where done.insert(failure.scope).inserted {
            await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.account.workspace)
        }
    }
}

extension ActivityJob {
    /// An update of what the CRM does not have (yet): the creation carries the newest state. A creation that is done.
    fileprivate var isNothingToDo: Bool {
        switch job.kind {
        case .updateActivity: remoteID == nil
        case .recordActivity: remoteID != nil
        default: true
        }
    }
}

extension ActivityOutcome {
    /// A retry after looking keeps its doubt.
    fileprivate var stillInDoubt: ActivityOutcome {
        switch outcome {
        case .retried(let at), .snoozed(let at):
            ActivityOutcome(job: job, outcome: .verifyFirst(at: at), failure: failure, remoteID: remoteID)
        default: self
        }
    }
}

extension CRMCourier {
    func outcome(_ job: ActivityJob, _ failure: CallFailure, writes: RepeatableWrites) -> ActivityOutcome {
        ActivityOutcome(
            job: job,
            outcome: settings.policy.outcome(
                of: failure, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(),
                writes: writes),
            failure: failure)
    }
}

extension Array {
    func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: Swift.max(1, size)).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
