import Domain
import Logging
import Store
import WhatsApp

/// One turn after the other of a number's lane: writes what came back, takes as many new jobs as there is room for, and
/// lets them go. It waits for no call: each has a place of its own.
struct SendRound {
    /// Requests to Meta under way at once.
    private static let maxConcurrent = 32
    private static let maxReadMarks = 10

    let courier: SendCourier
    let grip: LaneGrip
    private let slots: CallSlots<SendCall.Report>
    private var limits: SendLimits
    private var circuit: Circuit
    private var away: AwayNews
    private var isPaused = false
    private var trial = PauseTrial()
    /// The pause that the job under way tries to end.
    private var tried: Pause?
    /// A transaction failed: it may have claimed what nobody has in hand.
    private var hasLeftovers = false
    /// Jobs whose request may have left, and of which the database does not know what became.
    private var begun: Set<JobID> = []
    /// What came back and is not in the database yet.
    private var outcomes: [SendOutcome] = []
    private var marks: [JobResult] = []

    init(courier: SendCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: Self.maxConcurrent) { wakeBoard.ring(.lane(grip.lane)) }
        limits = SendLimits(settings: courier.settings, now: courier.context.store.now())
        circuit = Circuit(url: courier.graphURL, lane: grip.lane)
        away = AwayNews(of: .sendingIsAway(courier.number.displayNumber), context: courier.context, grip: grip)
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many jobs were settled or taken.
    mutating func run() async throws -> Int {
        await gather()
        await away.tell(circuit)
        try await rescueLeftovers()
        let (room, trialOf) = await room()
        let now = context.store.now()
        limits.forgetRested(at: now)
        let settling = outcomes.count + marks.count
        guard settling > 0 || room > 0 else { return 0 }
        let hadLeftovers = hasLeftovers
        hasLeftovers = true
        let turn = try await context.store.takeTurn(
            SendTurnRequest(
                outcomes: outcomes, marks: marks, limit: min(room, limits.available(at: now)),
                markLimit: trialOf == nil ? min(room, Self.maxReadMarks) : 0, rests: limits.rests), grip: grip,
            policy: courier.settings.policy)
        hasLeftovers = hadLeftovers
        begun.subtract(outcomes.map(\.job.job.id))
        outcomes = []
        marks = []
        if let trialOf { tried = turn.sends.contains { !$0.isRefused } ? trialOf : nil }
        start(turn)
        context.publish(turn.report)
        return settling + turn.sends.count + turn.marks.count
    }

    /// Until the lane has something, a call has ended, or a limit lets the next one go.
    func rest() async {
        var patience: Duration = isPaused || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        let wait = limits.wait(at: context.store.now())
        if wait > .zero { patience = min(patience, wait) }
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    /// For the end of the lane here: waits for the sends in hand and writes what they brought; uploads are broken off.
    mutating func finish() async {
        courier.uploads.breakOff()
        await slots.waitUntilIdle()
        await gather()
        do {
            try await settleOneByOne()
        } catch {
            // Whoever has the lane now finds them among those that may have left.
            context.logger.warning("sends were not settled here", metadata: ["error": "\(error)"])
        }
    }

    /// After a transaction that failed as a whole: the one that cannot be written must not hold up its neighbours.
    mutating func settleOneByOne() async throws {
        while let outcome = outcomes.first {
            if try await settle(SendTurnRequest(outcomes: [outcome]), job: outcome.job.job.id) {
                begun.remove(outcome.job.job.id)
            }
            outcomes.removeFirst()
        }
        while let mark = marks.first {
            _ = try await settle(SendTurnRequest(marks: [mark]), job: mark.job)
            marks.removeFirst()
        }
    }

    /// - Returns: whether it is written.
    private func settle(_ request: SendTurnRequest, job: JobID) async throws -> Bool {
        do {
            let turn = try await context.store.takeTurn(request, grip: grip, policy: courier.settings.policy)
            context.publish(turn.report)
            return true
        } catch let error where !error.isOfLane {
            // A rescue will show it as one that may have been sent.
            context.logger.error(
                "an outcome could not be written", metadata: ["job_id": "\(job)", "error": "\(error)"])
            return false
        }
    }

    // MARK: Room

    /// How many calls may begin. While only a person can mend the account, one now and then as a trial.
    /// - Returns: also the pause that the one call would try to end.
    private mutating func room() async -> (calls: Int, trialOf: Pause?) {
        let isIdle = slots.isIdle && outcomes.isEmpty && marks.isEmpty
        if isIdle { await circuit.probe() }
        let pause = await context.pauses.pause(in: courier.number.workspace, covering: courier.pauseKeys)
        isPaused = pause != nil
        guard !hasLeftovers else { return (0, nil) }
        guard let pause else { return (circuit.allowance(slots.free, isIdle: slots.isIdle), nil) }
        guard isIdle, trial.begins(despite: pause) else { return (0, nil) }
        return (circuit.allowance(1), pause)
    }

    /// Once nothing is in hand, what this lane claimed and does not know of is put back; of that, what it began may have
    /// left.
    private mutating func rescueLeftovers() async throws {
        guard hasLeftovers, slots.isIdle, outcomes.isEmpty, marks.isEmpty else { return }
        try await courier.rescue(grip, begun: begun)
        begun = []
        hasLeftovers = false
    }

    // MARK: Calls

    private mutating func start(_ turn: SendTurn) {
        let call = SendCall(courier: courier, grip: grip)
        var leaving = 0
        for job in turn.sends {
            if job.isRefused { continue }
            leaving += 1
            begun.insert(job.job.id)
            slots.start { [await call.carryOut(job)] }
        }
        for mark in turn.marks {
            slots.start { [await call.carryOut(mark)] }
        }
        limits.take(leaving, at: context.store.now())
    }

    private mutating func gather() async {
        let now = context.store.now()
        let finished = slots.takeFinished()
        guard !finished.isEmpty else { return }
        let calls = finished.flatMap(\.calls)
        circuit.note(calls)
        var failures = calls
        for outcome in finished.flatMap(\.outcomes) {
            switch outcome {
            case .sent(let sent):
                limits.note(sent, at: now)
                failures.append(sent.failure)
                note(spared(sent))
            case .kept(let kept):
                failures.append(kept.failure)
                note(spared(kept))
            case .marked(let result):
                failures.append(result.failure)
                marks.append(spared(result))
            }
        }
        if let tried { await endTrial(of: tried, calls) }
        await context.pauses.add(failures, keys: courier.pauseKeys, in: courier.number.workspace)
    }

    private mutating func note(_ outcome: SendOutcome) {
        context.logEnd(of: outcome.job.job.id, outcome.outcome, because: outcome.failure, in: grip.lane)
        outcomes.append(outcome)
    }

    /// While Meta is at fault, its failures cost no message an attempt.
    private mutating func spared(_ outcome: SendOutcome) -> SendOutcome {
        guard outcome.failure?.isOfDestination == true, circuit.spares(outcome.job.job.id) else { return outcome }
        return courier.spared(outcome)
    }

    private mutating func spared(_ mark: JobResult) -> JobResult {
        guard mark.failure?.isOfDestination == true, circuit.spares(mark.job) else { return mark }
        return JobResult(job: mark.job, outcome: courier.spared(mark.outcome), failure: mark.failure)
    }

    private mutating func endTrial(of pause: Pause, _ calls: [CallFailure?]) async {
        tried = nil
        // Put back before anything left: that tells nothing.
        guard !calls.isEmpty else { return }
        await trial.end(pause, calls.lazy.compactMap(\.self).first, on: context.pauses)
    }
}

extension SendJob {
    fileprivate var isRefused: Bool {
        if case .refused = state { true } else { false }
    }
}
