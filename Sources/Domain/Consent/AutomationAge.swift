/// Nothing is answered by itself that a customer wrote longer ago than this: the answer would come out of the blue.
package enum AutomationAge {
    package static let limit: Duration = .minutes(10)

    package static func isFresh(_ at: Timestamp, now: Timestamp) -> Bool {
        now - at <= limit
    }
}
