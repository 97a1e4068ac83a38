import Logging
import Store

extension ConsoleAPI {
    /// Does it once for each `Idempotency-Key`; a repeat gets the first answer again.
    /// - Parameter repeatable: nil where the program gave no key.
    func once(
        _ repeatable: IdempotentRequest?, _ run: () async throws -> APIAnswer
    ) async throws -> APIAnswer {
        guard let repeatable else { return try await run() }
        if let stored = try await store.begin(repeatable) { return try APIAnswer(replaying: stored) }
        let answer = try await first(repeatable, run)
        do {
            try await store.finish(
                repeatable, answer: StoredAnswer(status: answer.status, body: JSONWriter.text(answer.body)))
        } catch {
            // It was done, and that is what is told. A repeat within the next minute is told that this one is at work.
            logger.error("an answer could not be kept for repeats", metadata: ["error": "\(error)"])
        }
        return answer
    }

    private func first(
        _ repeatable: IdempotentRequest, _ run: () async throws -> APIAnswer
    ) async throws -> APIAnswer {
        do {
            return try await run()
        } catch SQLError.commitUnknown(let reason) {
            // It may have been done: the key stays taken for a minute.
            throw SQLError.commitUnknown(reason)
        } catch {
            // Nothing was done, so the next request with this key begins anew. Where not even this can be written, the
            // key is free again after a minute.
            try? await store.forget(repeatable)
            throw error
        }
    }
}

extension APIAnswer {
    /// What was answered before.
    init(replaying answer: StoredAnswer) throws {
        self.init(
            status: answer.status, body: try JSONReader.read(Array(answer.body.utf8)),
            headers: ["Idempotency-Replayed": "true"])
    }
}
