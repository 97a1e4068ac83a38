import Domain

/// When a comparison of everything may take its next step: at once, or a minute after the last one while only the reserve of the
/// CRM's day is left, as whatever hurries nobody.
struct ComparisonPace {
    private static let pause: Duration = .minutes(1)

    private var steppedAt: ContinuousClock.Instant?

    func mayStep(isOnlyReserveLeft: Bool, now: ContinuousClock.Instant) -> Bool {
        guard isOnlyReserveLeft, let steppedAt else { return true }
        return now - steppedAt >= Self.pause
    }

    /// - Parameter isMore: it goes on; else it is over, or none was due.
    mutating func note(isMore: Bool, now: ContinuousClock.Instant) {
        if isMore { steppedAt = now }
    }
}
