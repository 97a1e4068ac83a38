import Domain
import Store
import WhatsApp

/// One turn after the other of a number's lane, with the memory that its limits need.
struct SendRound {
    /// Requests to Meta under way at once.
    private static let maxConcurrent = 32

    let courier: SendCourier
    let grip: LaneGrip
    private var throughput: TokenBucket
    private var pairs: [ContactID: TokenBucket] = [:]
    private var pairRefusals: [ContactID: Int] = [:]
    private var rests: [ContactID: Timestamp] = [:]
    private var circuit: Circuit
    private var isPaused = false
    private var trial = PauseTrial()

    init(courier: SendCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        let now = courier.context.store.now()
        throughput = TokenBucket(perSecond: courier.settings.perSecond, burst: courier.settings.perSecond, now: now)
        circuit = Circuit(url: courier.graphURL)
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many jobs were taken.
    mutating func run() async throws -> Int {
        let pause = await context.pauses.pause(in: courier.number.workspace, covering: courier.pauseKeys)
        let isTrial = trial.begins(despite: pause)
        isPaused = pause != nil && !isTrial
        guard !isPaused else { return 0 }
        await circuit.probe()
        let now = context.store.now()
        forgetRested(at: now)
        let limit = circuit.allowance(min(throughput.available(at: now), isTrial ? 1 : Self.maxConcurrent))
        guard limit > 0 else { return 0 }
        let jobs = try await context.store.claimSends(grip, limit: limit, rests: rests)
        if !isTrial { try await markRead() }
        guard !jobs.isEmpty else { return 0 }
        let outcomes = await send(await withUploads(jobs))
        note(outcomes, at: context.store.now())
        await pauseScopes(outcomes)
        if isTrial, let outcome = outcomes.first { await trial.end(pause, outcome.failure, on: context.pauses) }
        context.publish(
            try await context.keep { store in
                try await store.record(outcomes, grip: grip, policy: courier.settings.policy)
            })
        return jobs.count
    }

    /// Until the lane has something, or a limit lets the next one go.
    func rest() async {
        let patience: Duration = isPaused || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    // MARK: Sending

    private func withUploads(_ jobs: [SendJob]) async -> [SendJob] {
        var ready: [SendJob] = []
        for job in jobs {
            guard case .needsUpload(let media) = job.state else {
                ready.append(job)
                continue
            }
            if let marked = await courier.uploads.upload(media, for: job, courier: courier, grip: grip) {
                ready.append(marked)
            }
        }
        return ready
    }

    private func send(_ jobs: [SendJob]) async -> [SendOutcome] {
        await withTaskGroup(of: SendOutcome?.self) { group in
            for job in jobs {
                group.addTask { await self.send(job) }
            }
            var outcomes: [SendOutcome] = []
            for await outcome in group {
                if let outcome { outcomes.append(outcome) }
            }
            return outcomes
        }
    }

    /// Nil for a job that the gate refused: it is closed already.
    private func send(_ job: SendJob) async -> SendOutcome? {
        guard case .permitted(let permit, let recipient) = job.state else { return nil }
        let message = OutgoingMessage(
            recipient: recipient, content: job.content, replyTo: job.replyTo, callbackData: "\(job.message)")
        // A process that was stopped for a while and goes on here must not write: the lane may be another's by now,
        // and the message is in the list of those that may have left. It has not, and that node settles it.
        guard context.lease.mayAct, let token = courier.number.accessToken else {
            return SendOutcome(job: job, receipt: nil, failure: nil, outcome: .snoozed(until: context.store.now()))
        }
        do {
            let receipt = try await courier.client.send(
                message, from: job.phoneNumberID, token: token, permit: permit)
            return SendOutcome(job: job, receipt: receipt, failure: nil, outcome: .completed)
        } catch {
            let outcome = courier.settings.policy.outcome(
                of: error, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(),
                writes: courier.settings.repeatsUncertain ? .always : .never)
            return SendOutcome(job: job, receipt: nil, failure: error, outcome: outcome)
        }
    }

    /// Read marks may be repeated: they need no permit and no certainty.
    private func markRead() async throws {
        let jobs = try await context.store.claimReadMarks(grip, limit: 10)
        guard !jobs.isEmpty, let token = courier.number.accessToken else { return }
        var results: [JobResult] = []
        for job in jobs {
            results.append(await markRead(job, token: token))
        }
        try await context.store.finish(results, grip: grip, policy: courier.settings.policy)
    }

    private func markRead(_ job: ReadMark, token: String) async -> JobResult {
        guard let wamid = job.wamid else { return JobResult(job: job.job.id, outcome: .completed, failure: nil) }
        do {
            try await courier.client.markRead(
                wamid, isTyping: job.isTyping, from: courier.number.phoneNumberID, token: token)
            return JobResult(job: job.job.id, outcome: .completed, failure: nil)
        } catch {
            let outcome = courier.settings.policy.outcome(
                of: error, attempt: job.job.attempt, now: context.store.now(), jitter: context.jitter(), writes: .always
            )
            return JobResult(job: job.job.id, outcome: outcome, failure: error)
        }
    }

    // MARK: Limits

    private mutating func note(_ outcomes: [SendOutcome], at now: Timestamp) {
        throughput.take(outcomes.count, at: now)
        circuit.note(outcomes.map(\.failure))
        for outcome in outcomes {
            let contact = outcome.job.contact
            var pair =
                pairs[contact]
                ?? TokenBucket(
                    perSecond: courier.settings.pairPerSecond, burst: courier.settings.pairBurst, now: now)
            pair.take(1, at: now)
            pairs[contact] = pair
            rests[contact] = pairRest(outcome, pair: pair, at: now)
        }
    }

    /// When Meta itself says that a pair is too fast, its wait grows with each refusal (4, 16, 64 s).
    private mutating func pairRest(_ outcome: SendOutcome, pair: TokenBucket, at now: Timestamp) -> Timestamp? {
        let contact = outcome.job.contact
        if let failure = outcome.failure, failure.scope == .pair {
            pairRefusals[contact, default: 0] += 1
            return now + ErrorCatalogue.pairWait(afterRefusals: pairRefusals[contact] ?? 1)
        }
        pairRefusals[contact] = nil
        let next = pair.nextAvailable(at: now)
        return next > now ? next : nil
    }

    private mutating func forgetRested(at now: Timestamp) {
        rests = rests.filter { $0.value > now }
        pairs = pairs.filter { !$0.value.isFull(at: now) }
    }

    private func pauseScopes(_ outcomes: [SendOutcome]) async {
        var done: Set<PauseScope> = [.message, .pair]
        for failure in outcomes.compactMap(\.failure) where done.insert(failure.scope).inserted {
            await context.pauses.add(failure, keys: courier.pauseKeys, in: courier.number.workspace)
        }
    }
}
