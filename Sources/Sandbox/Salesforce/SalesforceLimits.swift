/// The org's daily limit of calls. Source: Salesforce, Developer Limits and Allocations, "API request limits".
struct SalesforceLimits: Sendable {
    /// An Enterprise Edition with five licences.
    var daily = 105_000
    private(set) var used = 0
    private var today: Int64 = 0

    /// Counts one call; false when the limit was reached before, and the limit is in force.
    mutating func count(at now: Int64, isEnforced: Bool) -> Bool {
        let day = now / 86_400_000
        if day != today { (today, used) = (day, 0) }
        guard !isEnforced || used < daily else { return false }
        used += 1
        return true
    }

    var header: (name: String, value: String) { ("Sforce-Limit-Info", "api-usage=\(used)/\(daily)") }

    var json: JSON {
        [
            "DailyApiRequests": ["Max": JSON(daily), "Remaining": JSON(max(0, daily - used))],
            "DailyBulkV2QueryJobs": ["Max": 10_000, "Remaining": 10_000],
            "DataStorageMB": ["Max": 10_240, "Remaining": 10_100],
        ]
    }
}
