package import Domain

extension Store {
    /// Takes a message on once, however often the request comes. The answer is stored in the transaction that stores
    /// the message: a crash between the two is impossible, so a repeat after it never sends twice.
    ///
    /// - Parameter answer: what the program is told, made from what was accepted. May run again; no effects.
    /// - Throws: what ``accept(_:)`` throws, and nothing is remembered then; `conflict` with the detail
    ///   `idempotency_key_reused` for another payload, `idempotency_in_progress` while the first request is at work.
    package func accept(
        _ command: MessageCommand, once request: IdempotentRequest,
        answer: @escaping @Sendable (AcceptedMessage) throws -> StoredAnswer
    ) async throws -> IdempotentOutcome<AcceptedMessage> {
        try await once(request) { store, connection, now in
            let accepted = try MessageAcceptance(store: store, connection: connection, command: command, now: now)
                .accept()
            return (accepted, try answer(accepted))
        }
    }

    /// Runs a change at most once for each key, together with its answer.
    func once<Value: Sendable>(
        _ request: IdempotentRequest,
        _ body: @escaping @Sendable (Store, any SQLConnection, Timestamp) throws -> (Value, StoredAnswer)
    ) async throws -> IdempotentOutcome<Value> {
        let now = now()
        let store = self
        do {
            return try await database.write(on: .work) { connection in
                let row = IdempotencyRow(connection: connection, request: request, now: now)
                if let answer = try row.begin() { return .replayed(answer) }
                let (value, answer) = try body(store, connection, now)
                try row.finish(answer)
                return .done(value, answer)
            }
        } catch SQLError.timedOut, SQLError.conflict {
            // Two of the same at one moment: one waits for the other, but not for long.
            throw PuenteError.idempotencyInProgress
        }
    }
}

/// The row of one key, inside one transaction.
struct IdempotencyRow {
    let connection: any SQLConnection
    let request: IdempotentRequest
    let now: Timestamp

    /// The stored answer; nil when this is the first request, whose row is written now. A second one at the same
    /// moment waits here until the first has committed.
    func begin() throws -> StoredAnswer? {
        try connection.execute(
            """
            DELETE FROM idempotency
            WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key AND created_at < :before
            """, arguments(["before": now - IdempotentRequest.memory]))
        let isFirst = try connection.execute(
            """
            INSERT INTO idempotency (workspace_id, api_key_id, key, fingerprint, created_at)
            VALUES (:workspace_id, :api_key_id, :key, :fingerprint, :now)
            ON CONFLICT DO NOTHING
            """, arguments(["fingerprint": request.fingerprint, "now": now]))
        return isFirst == 1 ? nil : try answer()
    }

    func finish(_ answer: StoredAnswer) throws {
        try connection.execute(
            """
            UPDATE idempotency SET status = :status, answer = :answer
            WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key
            """, arguments(["status": answer.status, "answer": answer.body]))
    }

    private func answer() throws -> StoredAnswer {
        let row = try connection.row(
            """
            SELECT fingerprint, status, answer FROM idempotency
            WHERE workspace_id = :workspace_id AND api_key_id = :api_key_id AND key = :key
            """, arguments([:]))
        guard let row else { throw PuenteError.idempotencyInProgress }
        guard try row.get("fingerprint") == request.fingerprint else { throw PuenteError.idempotencyKeyReused }
        guard let status = try row.get("status", as: Int?.self), let body = try row.get("answer", as: String?.self)
        else { throw PuenteError.idempotencyInProgress }
        return StoredAnswer(status: status, body: body)
    }

    private func arguments(_ others: SQLArguments) -> SQLArguments {
        var arguments = others
        arguments.set("workspace_id", request.workspace)
        arguments.set("api_key_id", request.apiKey)
        arguments.set("key", request.key)
        return arguments
    }
}

extension PuenteError {
    package static let idempotencyKeyReused = PuenteError(
        .conflict, detail: "idempotency_key_reused",
        en: "This Idempotency-Key was used for another request. Use a new key for each new request.",
        es: "Esta Idempotency-Key se usó para otra petición. Use una clave nueva para cada petición nueva.")
    package static let idempotencyInProgress = PuenteError(
        .conflict, detail: "idempotency_in_progress",
        en: "A request with this Idempotency-Key is still running. Ask again in a moment.",
        es: "Una petición con esta Idempotency-Key aún está en curso. Pregunte de nuevo en un momento.")
}
