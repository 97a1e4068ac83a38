import Domain
import Logging
import Store

/// One turn after the other of a number's media lane: writes what came, and lets as many files begin as there are places
/// free. It waits for no file: a large one holds up nothing but its own place, and the addresses of the others live five
/// minutes.
struct FetchRound {
    /// Files under way at once.
    private static let maxConcurrent = 8

    let courier: MediaCourier
    let grip: LaneGrip
    private let fetch: MediaFetch
    private let slots: CallSlots<FetchOutcome>
    private var circuit: Circuit
    private var away: AwayNews
    private var pauses: FetchPauses
    private var isPaused = false
    /// A transaction failed: it may have claimed what nobody has in hand.
    private var hasLeftovers = false
    /// What came back and is not in the database yet.
    private var outcomes: [FetchOutcome] = []

    init(courier: MediaCourier, grip: LaneGrip) {
        self.courier = courier
        self.grip = grip
        fetch = MediaFetch(courier: courier, transfers: Transfers())
        let wakeBoard = courier.context.wakeBoard
        slots = CallSlots(count: Self.maxConcurrent) { wakeBoard.ring(.lane(grip.lane)) }
        circuit = Circuit(url: courier.graphURL, lane: grip.lane)
        away = AwayNews(of: .filesAreAway(courier.number.displayNumber), context: courier.context, grip: grip)
        pauses = FetchPauses(number: courier.number, board: courier.context.pauses)
    }

    private var context: CourierContext { courier.context }

    /// - Returns: how many files were settled or begun.
    mutating func run() async throws -> Int {
        await gather()
        await away.tell(circuit)
        let settled = outcomes.count
        try await settle()
        try await rescueLeftovers()
        let (room, pause) = await room()
        guard room > 0 else { return settled }
        let jobs = try await claim(room)
        pauses.begin(jobs.isEmpty ? nil : pause)
        for job in jobs {
            slots.start { [fetch] in [await fetch.carryOut(job)] }
        }
        return settled + jobs.count
    }

    /// Until there is a file, or one has ended.
    func rest() async {
        let patience: Duration = isPaused || circuit.state == .open ? .milliseconds(500) : .seconds(1)
        await context.wakeBoard.wait(for: .lane(grip.lane), atMost: patience)
    }

    /// For the end of the lane here: breaks off what is under way and puts it back.
    mutating func finish() async {
        fetch.transfers.breakOff()
        await slots.waitUntilIdle()
        await gather()
        do {
            try await settle()
        } catch {
            // Whoever has the lane now fetches them again.
            context.logger.warning("files were not settled here", metadata: ["error": "\(error)"])
        }
    }

    private mutating func claim(_ room: Int) async throws -> [FetchJob] {
        let hadLeftovers = hasLeftovers
        hasLeftovers = true
        let jobs = try await context.store.claimFetches(grip, limit: room)
        hasLeftovers = hadLeftovers
        return jobs
    }

    /// While the database is away the outcomes stay in hand; one that cannot be written holds up no other.
    private mutating func settle() async throws {
        while let outcome = outcomes.first {
            do {
                context.publish(
                    try await context.store.record(
                        outcome.job, sha256: outcome.file?.sha256, size: outcome.file?.size,
                        mimeType: outcome.file?.mimeType,
                        result: JobResult(
                            job: outcome.job.job.id, outcome: outcome.outcome, failure: outcome.failure),
                        grip: grip, policy: courier.policy))
            } catch let error as SQLError where !error.isOfTheDatabase {
                hasLeftovers = true
                context.logger.error(
                    "an outcome could not be written",
                    metadata: ["job_id": "\(outcome.job.job.id)", "error": "\(error)"])
            }
            outcomes.removeFirst()
        }
    }

    /// Once nothing is in hand, what this lane claimed and does not know of is put back.
    private mutating func rescueLeftovers() async throws {
        guard hasLeftovers, slots.isIdle, outcomes.isEmpty else { return }
        _ = try await context.store.rescue(grip, verifyAfter: .zero, includingOwn: true)
        hasLeftovers = false
    }

    /// How many files may begin. While only a person can mend the account, one now and then as a trial.
    /// - Returns: also the pause that this trial is to end.
    private mutating func room() async -> (Int, Pause?) {
        let isIdle = slots.isIdle && outcomes.isEmpty
        if isIdle { await circuit.probe() }
        let pause = await pauses.holding()
        isPaused = pause != nil
        guard !hasLeftovers else { return (0, nil) }
        guard let pause else { return (circuit.allowance(slots.free, isIdle: slots.isIdle), nil) }
        guard isIdle, pauses.mayTry(pause) else { return (0, nil) }
        return (circuit.allowance(1), pause)
    }

    private mutating func gather() async {
        let finished = slots.takeFinished()
        let failures = finished.filter(\.wasTried).map(\.failure)
        circuit.note(failures.map { $0?.kind == .unreachable ? $0 : $0?.ofCall })
        outcomes += finished.map { spared($0) }
        await pauses.note(failures)
    }

    /// Meta was at fault, not the file: it is put back with all its attempts.
    private mutating func spared(_ outcome: FetchOutcome) -> FetchOutcome {
        guard outcome.failure?.isOfDestination == true, circuit.spares(outcome.job.job.id) else { return outcome }
        switch outcome.outcome {
        case .retried, .discarded:
            return outcome.putBack(until: context.store.now() + .seconds(1) * context.jitter())
        case .completed, .snoozed, .uncertain, .verifyFirst: return outcome
        }
    }
}
