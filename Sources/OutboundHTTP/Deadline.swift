/// Runs `work` and cancels it when it takes longer. Returns only after it has really ended, so that what it did is known.
/// - Throws: `DeadlineReached`, or what `work` threw before.
func withDeadline<Value: Sendable>(
    _ deadline: Duration, _ work: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await work() }
        group.addTask {
            try await Task.sleep(for: deadline)
            return nil
        }
        defer { group.cancelAll() }
        // Two tasks were added, so there is a first one to end.
        guard let first = try await group.next(), let value = first else { throw DeadlineReached() }
        return value
    }
}
