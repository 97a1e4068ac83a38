struct ReadTimedOut: Error {}

/// Runs `body`, and gives up on it after the time: the connection's task is cancelled.
func withReadTimeout<Value: Sendable>(
    _ timeout: Duration, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value.self) { group in
        group.addTask(operation: body)
        group.addTask {
            try await Task.sleep(for: timeout)
            throw ReadTimedOut()
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() else { throw ReadTimedOut() }
        return value
    }
}
