import Domain

/// Answers to requests whose change has a transaction of its own: the key is taken before, the answer written after.
extension Store {
    /// How long a key stays taken when the process that took it ended before it could answer.
    private static let patience: Duration = .minutes(1)

    /// Takes the key of a request.
    ///
    /// - Returns: the answer, when this is a repeat; nil when it is the first: then do it, and ``finish(_:answer:)`` or
    ///   ``forget(_:)``.
    /// - Throws: `conflict` with the detail `idempotency_key_reused` or `idempotency_in_progress`.
    package func begin(_ request: IdempotentRequest) async throws -> StoredAnswer? {
        let now = now()
        return try await database.write(on: .work) { connection in
            try connection.execute(
                """
                DELETE FROM idempotency
                WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key AND answer IS NULL
                    AND created_at < :before
                """,
                [
                    "workspace_id": request.workspace, "api_key_id": request.apiKey, "key": request.key,
                    "before": now - Self.patience,
                ])
            return try IdempotencyRow(connection: connection, request: request, now: now).begin()
        }
    }

    /// Keeps the answer for repeats.
    package func finish(_ request: IdempotentRequest, answer: StoredAnswer) async throws {
        let now = now()
        try await database.write(on: .work) { connection in
            try IdempotencyRow(connection: connection, request: request, now: now).finish(answer)
        }
    }

    /// Gives the key back: nothing was done.
    package func forget(_ request: IdempotentRequest) async throws {
        try await database.write(on: .work) { connection in
            try connection.execute(
                """
                DELETE FROM idempotency
                WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key AND answer IS NULL
                """,
                ["workspace_id": request.workspace, "api_key_id": request.apiKey, "key": request.key])
        }
    }

    /// The answer that a repeat of this request gets; nil when there was none, or another request had this key.
    package func answer(to request: IdempotentRequest) async throws -> StoredAnswer? {
        let oldest = now() - IdempotentRequest.memory
        return try await database.read(on: .console) { connection in
            let row = try connection.row(
                """
                SELECT status, answer FROM idempotency
                WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key
                    AND fingerprint = :fingerprint AND answer IS NOT NULL AND created_at >= :oldest
                """,
                [
                    "workspace_id": request.workspace, "api_key_id": request.apiKey, "key": request.key,
                    "fingerprint": request.fingerprint, "oldest": oldest,
                ])
            return try row.map { StoredAnswer(status: try $0.get("status"), body: try $0.get("answer")) }
        }
    }
}
