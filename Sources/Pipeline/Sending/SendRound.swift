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
    private let slots: CallSlots<SendCall.Outcome>
    private var limits: SendLimits
    private var circuit: Circuit
    private var isPaused = false
    private var trial = PauseTrial()
    /// The pause that the job under way tries to end.
    private var tried: Pause?
    /// A transaction failed: it may have claimed what nobody has in hand.
    private var hasLeftovers = false
    /// What came back and is not in the database yet.
    private var outcomes: [SendOutcome] = []
    private var marks: [JobResult] = []

    init(courier: SendCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: Self.maxConcurrent) { wakeBoard.ring(.lane(grip.lane)) }
        limits = SendLimits(settings: courier.settings, now: courier.context.store.now())
        circuit = Circuit(url: courier.graphURL)
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many jobs were settled or taken.
    mutating func run() async throws -> Int {
        await gather()
        try await rescueLeftovers()
        let room = await room()
        let now = context.store.now()
        limits.forgetRested(at: now)
        let settling = outcomes.count + marks.count
        guard settling > 0 || room > 0 else { return 0 }
        hasLeftovers = true
        let turn = try await context.store.takeTurn(
            SendTurnRequest(
                outcomes: outcomes, marks: marks, limit: min(room, limits.available(at: now)),
                markLimit: tried == nil ? min(room, Self.maxReadMarks) : 0, rests: limits.rests), grip: grip,
            policy: courier.settings.policy)
        hasLeftovers = false
        outcomes = []
        marks = []
        if turn.sends.isEmpty { tried = nil }
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

    /// For the end of the lane here: waits for the calls in hand and writes what they brought.
    mutating func finish() async {
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
            try await settle(SendTurnRequest(outcomes: [outcome]), job: outcome.job.job.id)
            outcomes.removeFirst()
        }
        while let mark = marks.first {
            try await settle(SendTurnRequest(marks: [mark]), job: mark.job)
            marks.removeFirst()
        }
    }

    private func settle(_ request: SendTurnRequest, job: JobID) async throws {
        do {
            let turn = try await context.store.takeTurn(request, grip: grip, policy: courier.settings.policy)
            context.publish(turn.report)
        } catch let error as SQLError where !error.isOfTheDatabase {
            // A rescue will show it as one that may have been sent.
            context.logger.error(
                "an outcome could not be written", metadata: ["job_id": "\(job)", "error": "\(error)"])
        }
    }

    // MARK: Room

    /// How many calls may begin. While only a person can mend the account, one now and then as a trial.
    private mutating func room() async -> Int {
        let isIdle = slots.isIdle && outcomes.isEmpty && marks.isEmpty
        if isIdle { await circuit.probe() }
        let pause = await context.pauses.pause(in: courier.number.workspace, covering: courier.pauseKeys)
        isPaused = pause != nil
        guard !hasLeftovers else { return 0 }
        guard let pause else { return circuit.allowance(slots.free, isIdle: slots.isIdle) }
        guard isIdle, trial.begins(despite: pause) else { return 0 }
        tried = pause
        return circuit.allowance(1)
    }

    /// Once nothing is in hand, what this lane claimed and does not know of is put back, or may have left.
    private mutating func rescueLeftovers() async throws {
        guard hasLeftovers, slots.isIdle, outcomes.isEmpty, marks.isEmpty else { return }
        try await courier.rescue(grip, includingOwn: true)
        hasLeftovers = false
    }

    // MARK: Calls

    private mutating func start(_ turn: SendTurn) {
        let call = SendCall(courier: courier, grip: grip)
        var leaving = 0
        for job in turn.sends {
            if case .refused = job.state { continue }
            leaving += 1
            slots.start { await call.carryOut(job) }
        }
        for mark in turn.marks {
            slots.start { await call.carryOut(mark) }
        }
        limits.take(leaving, at: context.store.now())
    }

    private mutating func gather() async {
        let now = context.store.now()
        let finished = slots.takeFinished()
        var failures: [CallFailure?] = []
        for outcome in finished {
            switch outcome {
            case .sent(let sent):
                outcomes.append(sent)
                limits.note(sent, at: now)
                failures.append(sent.failure)
            case .marked(let result):
                marks.append(result)
                failures.append(result.failure)
            }
        }
        circuit.note(failures)
        if let tried, let failure = failures.first {
            await trial.end(tried, failure, on: context.pauses)
            self.tried = nil
        }
        await context.pauses.add(failures, keys: courier.pauseKeys, in: courier.number.workspace)
    }
}
