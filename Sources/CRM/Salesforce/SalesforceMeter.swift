import OutboundHTTP
import Synchronization

/// Keeps what Salesforce's answers say of the org's calls in the last 24 hours: `Sforce-Limit-Info: api-usage=18/15000`.
///
/// There is no limit for shorter spans. When only the day's reserve is left, a minute stands in for one, so that calls
/// trickle instead of ending; each answer then says whether the reserve has grown again.
final class SalesforceMeter: Sendable {
    private static let trickle: Duration = .seconds(60)
    private let latest = Mutex<RateHeadroom?>(nil)

    var headroom: RateHeadroom? { latest.withLock { $0 } }

    func read(_ response: OutboundResponse, now: ContinuousClock.Instant = .now) {
        guard let usage = response.header("Sforce-Limit-Info").flatMap(Self.usage) else { return }
        let left = max(0, usage.limit - usage.used)
        let headroom = RateHeadroom(
            limit: usage.limit, remaining: left, interval: Self.trickle, dailyLimit: usage.limit, dailyRemaining: left,
            readAt: now)
        latest.withLock { $0 = headroom }
    }

    /// Other parts, such as the usage per app, may follow behind a semicolon.
    static func usage(_ header: String) -> (used: Int, limit: Int)? {
        for part in header.split(whereSeparator: { $0 == ";" || $0 == "," || $0 == " " }) {
            guard part.hasPrefix("api-usage=") else { continue }
            let numbers = part.dropFirst("api-usage=".count).split(separator: "/")
            guard numbers.count == 2, let used = Int(numbers[0]), let limit = Int(numbers[1]), used >= 0, limit > 0
            else { return nil }
            return (used, limit)
        }
        return nil
    }
}
