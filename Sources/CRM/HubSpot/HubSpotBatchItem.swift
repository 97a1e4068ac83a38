import Domain

/// One input of a batch call, and every name under which HubSpot may speak of it in the answer.
struct HubSpotBatchItem: Equatable {
    let write: HubSpotWrite

    private var upsertKey: String? { write.idProperty == nil ? nil : write.id }
    private var recordID: String? { write.idProperty == nil ? write.id : nil }

    func isSubject(of result: HubSpotObject) -> Bool {
        if let trace = result.objectWriteTraceId { return trace == write.objectWriteTraceId }
        if let recordID { return result.id == recordID }
        guard let key = write.idProperty, let upsertKey else { return false }
        return result.values[key] == upsertKey
    }

    func isSubject(of error: HubSpotError) -> Bool {
        let names = Self.names(in: error)
        return names.contains(write.objectWriteTraceId) || write.id.map(names.contains) == true
    }

    static func names(in error: HubSpotError) -> Set<String> {
        let context = error.context ?? [:]
        let listed = ["objectWriteTraceId", "ids", "id"].flatMap { context[$0]?.values ?? [] }
        return Set(listed + [error.id, error.objectWriteTraceId].compactMap { $0 })
    }
}

/// Finds out which result or error is whose. Never by position: HubSpot keeps no order.
struct HubSpotBatchMatcher {
    let failures: HubSpotFailure

    /// One outcome for each item, in the order of the items.
    func outcomes(of items: [HubSpotBatchItem], in answer: HubSpotBatchAnswer) -> [ItemOutcome] {
        var outcomes = items.map { outcome(of: $0, in: answer) }
        let open = outcomes.indices.filter { outcomes[$0] == nil }
        let errors = answer.errors ?? []
        let unnamed = errors.filter { error in !items.contains { $0.isSubject(of: error) } }
        // As many errors without a name as items without news: each of these items failed, though not which with what.
        let isSettled = !open.isEmpty && unnamed.count == open.count
        for (index, error) in zip(open, unnamed) where isSettled {
            outcomes[index] = .failed(failures.failure(error))
        }
        let unmentioned = HubSpotAdvice.unmentioned(isRepeatable: failures.effect == .repeatable)
        return outcomes.map { $0 ?? .failed(unmentioned) }
    }

    private func outcome(of item: HubSpotBatchItem, in answer: HubSpotBatchAnswer) -> ItemOutcome? {
        if let result = answer.results.first(where: item.isSubject) { return .done(remoteID: result.id) }
        return answer.errors?.first(where: item.isSubject).map { .failed(failures.failure($0)) }
    }
}
