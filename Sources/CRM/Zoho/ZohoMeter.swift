import Domain
import OutboundHTTP
import Synchronization

/// What is known of an organisation's limits. Zoho says little: the credits left once half of them are gone, and never
/// how long to wait. The rest is counted here.
///
/// Source: Zoho CRM API v8, "API Limits".
final class ZohoMeter: Sendable {
    private static let longestWait = 60.0
    /// No organisation has as many credits.
    private static let mostCredits = 1_000_000_000
    /// The day rolls: asking four times an hour costs little.
    private static let waitForCredits: Duration = .minutes(15)

    private struct State {
        var spent: [(at: ContinuousClock.Instant, credits: Int)] = []
        /// As Zoho said last.
        var left: Int?
        /// The most that Zoho ever said were left: half of all, or nearly.
        var mostLeft = 0
        var refusals = 0
    }

    private let dailyCredits: Int?
    private let state = Mutex(State())

    init(dailyCredits: Int?) {
        self.dailyCredits = dailyCredits
    }

    /// - Parameter gate: whose places are the rate.
    func headroom(_ gate: ZohoGate, now: ContinuousClock.Instant = .now) -> RateHeadroom {
        state.withLock { state in
            let limit = dailyCredits ?? (state.left == nil ? nil : state.mostLeft * 2)
            let counted = limit.map { max(0, $0 - Self.spent(state, since: now - .hours(24))) }
            return RateHeadroom(
                limit: gate.limit, remaining: gate.free, interval: .milliseconds(100), dailyLimit: limit,
                dailyRemaining: state.left ?? counted, readAt: now)
        }
    }

    func read(_ response: OutboundResponse, credits: Int, now: ContinuousClock.Instant = .now) {
        let left = response.header("X-API-CREDITS-REMAINING").flatMap { Int($0) }
            .map { min(max(0, $0), Self.mostCredits) }
        state.withLock { state in
            if let left {
                state.left = left
                state.mostLeft = max(state.mostLeft, left)
            } else if response.isSuccess {
                // Not told any more: more than half is left again.
                state.left = nil
            }
            guard response.status != 429 else {
                state.refusals = min(state.refusals + 1, 20)
                return
            }
            state.refusals = 0
            Self.note(credits, at: now, in: &state)
        }
    }

    /// How long to wait after a refusal: twice as long after each, up to a minute.
    /// - Parameter jitter: a factor near 1, so that what was refused together does not return together.
    func wait(jitter: Double = .random(in: 0.8...1.2)) -> Duration {
        state.withLock { state in
            if state.left == 0 { return Self.waitForCredits }
            let doubled = Double(1 << min(max(0, state.refusals - 1), 6))
            return .milliseconds(Int64(min(doubled, Self.longestWait) * jitter * 1000))
        }
    }

    /// A minute's credits are one entry: a day has at most as many entries as minutes.
    private static func note(_ credits: Int, at now: ContinuousClock.Instant, in state: inout State) {
        if let last = state.spent.last, now - last.at < .minutes(1) {
            state.spent[state.spent.count - 1].credits += credits
            return
        }
        state.spent.removeAll { now - $0.at > .hours(24) }
        state.spent.append((now, credits))
    }

    private static func spent(_ state: State, since start: ContinuousClock.Instant) -> Int {
        state.spent.lazy.filter { $0.at >= start }.reduce(0) { $0 + $1.credits }
    }
}
