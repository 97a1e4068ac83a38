import Domain
import Store
import WhatsApp

/// What a number's lane remembers of Meta's limits: the number's throughput, and how soon each customer may be written
/// to again.
struct SendLimits {
    private let settings: SendCourier.Settings
    private var throughput: TokenBucket
    private var pairs: [ContactID: TokenBucket] = [:]
    private var refusals: [ContactID: Int] = [:]
    /// Customers who must not be written to before a time.
    private(set) var rests: [ContactID: Timestamp] = [:]

    init(settings: SendCourier.Settings, now: Timestamp) {
        self.settings = settings
        throughput = TokenBucket(perSecond: settings.perSecond, burst: settings.perSecond, now: now)
    }

    /// How many messages may leave now.
    func available(at now: Timestamp) -> Int { throughput.available(at: now) }

    /// How long until one more may leave.
    func wait(at now: Timestamp) -> Duration { throughput.nextAvailable(at: now) - now }

    mutating func take(_ count: Int, at now: Timestamp) { throughput.take(count, at: now) }

    mutating func forgetRested(at now: Timestamp) {
        rests = rests.filter { $0.value > now }
        pairs = pairs.filter { !$0.value.isFull(at: now) }
    }

    /// Counts a send against its customer. There is never more than one under way for each.
    mutating func note(_ outcome: SendOutcome, at now: Timestamp) {
        let contact = outcome.job.contact
        var pair =
            pairs[contact] ?? TokenBucket(perSecond: settings.pairPerSecond, burst: settings.pairBurst, now: now)
        pair.take(1, at: now)
        pairs[contact] = pair
        rests[contact] = rest(after: outcome, pair: pair, at: now)
    }

    /// When Meta itself says that a pair is too fast, its wait grows with each refusal (4, 16, 64 s).
    private mutating func rest(after outcome: SendOutcome, pair: TokenBucket, at now: Timestamp) -> Timestamp? {
        let contact = outcome.job.contact
        if let failure = outcome.failure, failure.scope == .pair {
            refusals[contact, default: 0] += 1
            return now + ErrorCatalogue.pairWait(afterRefusals: refusals[contact] ?? 1)
        }
        refusals[contact] = nil
        let next = pair.nextAvailable(at: now)
        return next > now ? next : nil
    }
}
