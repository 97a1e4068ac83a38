import Domain
import Secrets
import Store
import Synchronization

/// How many requests each key may make, counted in this process. A key may spend a minute's worth at once.
package final class RateBook: Sendable {
    /// What a request found: whether it may go on, and what of the minute is left.
    struct Allowance: Equatable, Sendable {
        let isGranted: Bool
        let perMinute: Int
        let remaining: Int
        /// Until one more may come; 0 while one may.
        let secondsUntilNext: Int
        /// Until all of it is there again.
        let secondsUntilFull: Int
    }

    /// For keys that nobody gave another rate.
    package static let usualPerMinute = 300
    /// Guesses at keys, by everybody together.
    private static let guessesPerSecond = 20.0

    private struct State {
        var buckets: [APIKeyID: TokenBucket] = [:]
        var guesses: TokenBucket?
        var known: Set<TokenHash> = []
        var listedAt: Timestamp?
    }

    private let perMinute: [String: Int]
    private let state = Mutex(State())

    /// - Parameter perMinute: by the name of the key; the others get ``usualPerMinute``.
    package init(perMinute: [String: Int] = [:]) {
        self.perMinute = perMinute
    }

    func take(_ key: APIKeyAccess, at now: Timestamp) -> Allowance {
        let rate = max(1, perMinute[key.name] ?? Self.usualPerMinute)
        return state.withLock { state in
            var bucket =
                state.buckets[key.id] ?? TokenBucket(perSecond: Double(rate) / 60, burst: Double(rate), now: now)
            let isGranted = bucket.available(at: now) >= 1
            if isGranted { bucket.take(1, at: now) }
            state.buckets[key.id] = bucket
            let remaining = bucket.available(at: now)
            return Allowance(
                isGranted: isGranted, perMinute: rate, remaining: remaining,
                secondsUntilNext: Self.seconds(bucket.nextAvailable(at: now) - now),
                secondsUntilFull: Int((Double((rate - remaining) * 60) / Double(rate)).rounded(.up)))
        }
    }

    // MARK: Guessing

    /// Whether a token may be looked up: one that is known to open the door always, others while few are wrong.
    func mayTry(_ token: TokenHash, at now: Timestamp) -> Bool {
        state.withLock { state in
            state.known.contains(token) || (state.guesses ?? Self.guesses(now)).available(at: now) >= 1
        }
    }

    /// Whether the keys that open the door should be listed now, so that nobody's guesses keep them out: once a second.
    func mayList(at now: Timestamp) -> Bool {
        state.withLock { state in
            if let listedAt = state.listedAt, now - listedAt < .seconds(1), now >= listedAt { return false }
            state.listedAt = now
            return true
        }
    }

    func noteAll(_ tokens: [TokenHash]) {
        state.withLock { $0.known = Set(tokens) }
    }

    func noteUnknown(at now: Timestamp) {
        state.withLock { state in
            var guesses = state.guesses ?? Self.guesses(now)
            guesses.take(1, at: now)
            state.guesses = guesses
        }
    }

    func noteKnown(_ token: TokenHash) {
        state.withLock { state in
            if state.known.count >= 10_000 { state.known = [] }
            state.known.insert(token)
        }
    }

    private static func guesses(_ now: Timestamp) -> TokenBucket {
        TokenBucket(perSecond: guessesPerSecond, burst: guessesPerSecond * 5, now: now)
    }

    private static func seconds(_ duration: Duration) -> Int {
        Int(clamping: (duration.wholeMilliseconds + 999) / 1000)
    }
}
