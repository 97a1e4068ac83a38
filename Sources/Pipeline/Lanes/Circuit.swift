import Domain
import OutboundHTTP

/// Whether a destination is there and does its part. When no connection can be made, or several calls in a row fail as a
/// whole, the circuit opens: the lane waits, the destination is tried every few seconds without any job, then exactly one
/// due job goes as the trial. Nobody's attempts are spent meanwhile.
struct Circuit: Sendable {
    enum State: Equatable, Sendable { case closed, open, trial }

    /// Calls in a row that fail as a whole until it opens. One may have been the fault of what was sent.
    private static let patience = 2
    private static let longestWait: Duration = .seconds(4)
    /// After this long the failures of one and the same job, with nothing else to try, are that job's own.
    private static let benefitOfDoubt: Duration = .hours(1)
    /// Away for this long is worth telling people.
    private static let newsworthy: Duration = .minutes(1)

    private(set) var state = State.closed {
        didSet { gauge.show(isOpen: state != .closed) }
    }
    /// Since when it is not closed.
    private var openSince: ContinuousClock.Instant?
    /// When the destination was last found away.
    private var lastAway: ContinuousClock.Instant?
    private var failuresInARow = 0
    /// Since when the destination takes connections and does not do its part.
    private var failsSince: ContinuousClock.Instant?
    /// Not before this the next try.
    private var triesAt: ContinuousClock.Instant?
    private var wait: Duration = .seconds(1)
    /// The destination did its part a moment ago: what fails now is the job's own failure.
    private var isVouchedFor = false
    private var triedLast: JobID?
    private let connect: @Sendable () async -> TransportFailure?
    private let ping: (@Sendable () async -> CallFailure?)?
    private let gauge: CircuitGauge

    /// - Parameters:
    ///   - url: any URL of the destination.
    ///   - lane: whose circuit it is.
    ///   - connect: tries a connection, behind the same guard as the calls; nil for an address that needs none.
    ///   - ping: a call that is as much like those with jobs as can be and changes nothing; nil where there is none.
    init(
        url: String, lane: Lane, connect: (@Sendable () async -> TransportFailure?)? = nil,
        ping: (@Sendable () async -> CallFailure?)? = nil
    ) {
        self.connect = connect ?? { await ReachabilityProbe.failure(connectingTo: url) }
        self.ping = ping
        gauge = CircuitGauge(url: url, lane: lane)
    }

    /// How many jobs may be claimed, of those asked for.
    /// - Parameter isIdle: no call is under way: the trial goes alone.
    func allowance(_ wanted: Int, isIdle: Bool = true) -> Int {
        switch state {
        case .closed: wanted
        case .open: 0
        case .trial: isIdle ? min(1, wanted) : 0
        }
    }

    /// Since when the destination is away, once that has lasted. Nil while a trial waits for its job so long that nothing
    /// tells any more that it is.
    func awaySince(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant? {
        guard let openSince, let lastAway, now - openSince >= Self.newsworthy else { return nil }
        return state == .open || now - lastAway < Self.newsworthy ? openSince : nil
    }

    // MARK: Trying

    /// While open: one try to connect, and to be answered. Waits a second when the destination is still away.
    mutating func probe(now: ContinuousClock.Instant = .now) async {
        guard state == .open, triesAt.map({ $0 <= now }) ?? true else { return }
        switch await connect() {
        case nil: break
        case .addressRefused:
            // Nothing was connected to. The trial is refused by the same guard, and that pauses the lane with a sentence.
            state = .trial
            return
        case .unreachable, .notSent, .unknown, .responseTooLarge:
            lastAway = now
            return await pause(for: .seconds(1))
        }
        if failsSince != nil, let ping {
            guard await ping()?.isOfDestination != true else { return waitLonger(now) }
            isVouchedFor = true
        }
        state = .trial
    }

    private mutating func waitLonger(_ now: ContinuousClock.Instant) {
        lastAway = now
        wait = min(wait * 2, Self.longestWait)
        triesAt = now + wait
    }

    // MARK: News

    /// - Parameter calls: those of one round, in order; nil for each of which the destination did its part. None says
    ///   nothing.
    mutating func note(_ calls: [CallFailure?], now: ContinuousClock.Instant = .now) {
        guard calls.contains(where: { $0?.kind == .unreachable }) else { return calls.forEach { note($0, now) } }
        let since = openSince
        close()
        open(since: since, now)
    }

    private mutating func open(since: ContinuousClock.Instant?, _ now: ContinuousClock.Instant) {
        openSince = since ?? now
        lastAway = now
        state = .open
    }

    private mutating func note(_ call: CallFailure?, _ now: ContinuousClock.Instant) {
        guard call?.isOfDestination == true else { return close() }
        failuresInARow += 1
        guard state == .trial || state == .closed && failuresInARow >= Self.patience else { return }
        if state == .trial, failsSince != nil { waitLonger(now) } else { triesAt = now + wait }
        failsSince = failsSince ?? now
        open(since: openSince, now)
    }

    private mutating func close() {
        if state != .closed { state = .closed }
        openSince = nil
        lastAway = nil
        failuresInARow = 0
        failsSince = nil
        triesAt = nil
        wait = .seconds(1)
        isVouchedFor = false
        triedLast = nil
    }

    /// Whether a job whose call failed keeps its attempts: the destination is at fault. Asked after `note`, once for each
    /// such job.
    mutating func spares(_ job: JobID, now: ContinuousClock.Instant = .now) -> Bool {
        guard state != .closed else { return false }
        if isVouchedFor {
            isVouchedFor = false
            return false
        }
        guard let failsSince else { return true }
        let isAlone = triedLast == nil || triedLast == job
        triedLast = job
        return !isAlone || now - failsSince < Self.benefitOfDoubt
    }
}
