import Domain

/// What is done while a CRM's channel cannot be kept open: how long is waited, and whether people have to know. A channel
/// lasts long after the time of its renewal, so that a short failure is nobody's concern.
struct PushTrouble: Sendable {
    struct Answer: Equatable {
        let wait: Duration
        let tellsPeople: Bool
    }

    private static let patience: Duration = .minutes(30)
    private static let longestWait: Duration = .minutes(15)

    private var since: Timestamp?
    private var failures = 0

    mutating func note(_ failure: CallFailure, now: Timestamp) -> Answer {
        let since = since ?? now
        self.since = since
        failures += 1
        let isLong = now - since >= Self.patience
        return switch failure.kind {
        case .permanent, .accountWide: Answer(wait: Self.longestWait, tellsPeople: true)
        case .throttled(let wait):
            Answer(wait: min(max(wait, .seconds(10)), Self.longestWait), tellsPeople: isLong)
        case .transient, .unknown, .unreachable:
            Answer(wait: min(.seconds(5 << min(failures, 8)), Self.longestWait), tellsPeople: isLong)
        }
    }

    mutating func end() { self = PushTrouble() }
}
