import Domain
import Foundation

/// An account's limits on the Free and Starter plans: 100 calls in ten seconds, 250,000 a day, 5 searches a second.
struct HubSpotLimits: Sendable {
    static let burst = 100
    static let daily = 250_000

    private var calls = RollingWindow(limit: burst, span: .seconds(10))
    private var searches = RollingWindow(limit: 5, span: .seconds(1))
    private var today: Int64 = 0
    private var usedToday = 0
    /// The fewest calls that were ever left of the ten-second limit; nil while none was counted.
    private(set) var leastLeft: Int?

    /// The headers of the answer; none on searches.
    mutating func count(isSearch: Bool, at now: Timestamp) throws(HubSpotError) -> [(name: String, value: String)] {
        let day = now.milliseconds / 86_400_000
        if day != today { (today, usedToday) = (day, 0) }
        guard usedToday < Self.daily else { throw Self.limit("DAILY") }
        if isSearch, searches.take(at: now) == nil { throw Self.limit("SECONDLY") }
        guard let remaining = calls.take(at: now) else { throw Self.limit("TEN_SECONDLY_ROLLING") }
        usedToday += 1
        leastLeft = min(leastLeft ?? remaining, remaining)
        if isSearch { return [] }
        return [
            ("X-HubSpot-RateLimit-Daily", String(Self.daily)),
            ("X-HubSpot-RateLimit-Daily-Remaining", String(Self.daily - usedToday)),
            ("X-HubSpot-RateLimit-Interval-Milliseconds", "10000"),
            ("X-HubSpot-RateLimit-Max", String(Self.burst)), ("X-HubSpot-RateLimit-Remaining", String(remaining)),
        ]
    }

    private static func limit(_ policy: String) -> HubSpotError {
        HubSpotError(status: 429, category: "RATE_LIMITS", message: policy)
    }

    static func refusal(_ policy: String) -> Answer {
        .json(
            [
                "status": "error", "message": JSON("You have reached your \(policy.lowercased()) limit."),
                "errorType": "RATE_LIMIT", "correlationId": JSON(UUID().uuidString.lowercased()),
                "policyName": JSON(policy), "requestId": JSON(UUID().uuidString.lowercased()),
            ], status: 429)
    }
}
