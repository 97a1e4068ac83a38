/// Runs `work` and cancels it when it takes longer. Returns only after it has really ended, so that what it did is known.
/// - Parameters:
///   - stall: also cancels it when nothing has moved for so long; nil for work that is not watched.
///   - movedAt: when something last did.
/// - Throws: `DeadlineReached`, or what `work` threw before.
func withDeadline<Value: Sendable>(
    _ deadline: Duration, stall: Duration? = nil,
    since movedAt: @escaping @Sendable () -> ContinuousClock.Instant = { .now },
    _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            let end = ContinuousClock.now + deadline
            while true {
                let due = stall.map { min(end, movedAt() + $0) } ?? end
                guard due > .now else { return nil }
                try await Task.sleep(until: due, clock: .continuous)
            }
        }
        defer { group.cancelAll() }
        // Two tasks were added, so there is a first one to end.
        guard let first = try await group.next(), let value = first else { throw DeadlineReached() }
        return value
    }
}
