import Domain

/// An organisation's limits: credits in 24 hours, and calls at once.
///
/// Calls are answered in no time here, so that "at once" is within a thousandth of a second. No answer ever says how
/// long to wait, and the credits left are told only once half of them are gone.
/// Source: Zoho CRM API v8, "API Limits" (Professional edition with four users).
struct ZohoLimits: Sendable {
    static let concurrency = 15
    private static let day: Int64 = 24

    var dailyCredits = 52_000
    private var calls = RollingWindow(limit: concurrency, span: .milliseconds(1))
    private var heavyCalls = RollingWindow(limit: 10, span: .milliseconds(1))
    private var usedByHour: [Int64: Int] = [:]

    var used: Int { usedByHour.values.reduce(0, +) }

    /// - Returns: headers of the answer.
    mutating func count(
        credits: Int, isHeavy: Bool, at now: Timestamp
    ) throws(ZohoError) -> [(name: String, value: String)] {
        let hour = now.milliseconds / 3_600_000
        usedByHour = usedByHour.filter { $0.key > hour - Self.day }
        guard used + credits <= dailyCredits else { throw .outOfCredits }
        if isHeavy, heavyCalls.take(at: now) == nil { throw .tooMany }
        guard calls.take(at: now) != nil else { throw .tooMany }
        usedByHour[hour, default: 0] += credits
        let left = dailyCredits - used
        return left * 2 <= dailyCredits ? [("X-API-CREDITS-REMAINING", String(left))] : []
    }
}
