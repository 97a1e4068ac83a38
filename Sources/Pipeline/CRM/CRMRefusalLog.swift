import Domain
import Logging
import Store
import Synchronization

/// Names webhooks that nobody vouched for in the log: by connection and reason, never with what they carried. Strangers may
/// send as many as they like, so that each reason has a line a minute, with how many it stands for.
final class CRMRefusalLog: Sendable {
    private static let every: Duration = .minutes(1)

    private struct Reason: Hashable {
        let connection: ConnectionID
        let code: String
    }

    private struct Count {
        var saidAt: ContinuousClock.Instant
        var unsaid = 0
    }

    private let logger: Logger
    private let counts = Mutex<[Reason: Count]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    func note(_ refusal: PuenteError, of account: ConnectionAccount, now: ContinuousClock.Instant = .now) {
        let code = refusal.detail ?? refusal.code.rawValue
        guard let unsaid = count(Reason(connection: account.id, code: code), now) else { return }
        logger.warning(
            "a CRM's webhook was turned away",
            metadata: ["connector": "\(account.slug)", "code": "\(code)", "unsaid": "\(unsaid)"])
    }

    /// - Returns: how many went unsaid before this one; nil when it does, too.
    private func count(_ reason: Reason, _ now: ContinuousClock.Instant) -> Int? {
        counts.withLock { counts in
            guard var count = counts[reason], now - count.saidAt < Self.every else {
                let unsaid = counts[reason]?.unsaid ?? 0
                counts[reason] = Count(saidAt: now)
                return unsaid
            }
            count.unsaid += 1
            counts[reason] = count
            return nil
        }
    }
}
