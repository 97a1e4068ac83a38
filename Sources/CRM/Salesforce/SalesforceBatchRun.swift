import Domain

/// Carries out writes of any number, and sees to it that one bad record never stops its neighbours.
///
/// A collection is not all or none: Salesforce answers for each record, in the order of the request.
/// Source: Salesforce, REST API Developer Guide, "sObject Collections".
struct SalesforceBatchRun {
    enum Call: Equatable {
        case create, update
        /// By an external id, which stands among the record's fields.
        case upsert(type: String, key: String)
    }

    static let maxItems = 200
    /// For one call of ours: what a batch full of bad records may cost.
    private static let maxCalls = 40

    let api: SalesforceAPI
    let call: Call

    struct Outcome: Equatable {
        let outcome: ItemOutcome
        /// Ids of the records for which a duplicate rule took this one.
        var duplicates: [String] = []
    }

    /// One outcome for each, in the order given.
    func outcomes(of writes: [SalesforceWrite]) async -> [Outcome] {
        var budget = Self.maxCalls
        var outcomes: [Outcome] = []
        for start in stride(from: 0, to: writes.count, by: Self.maxItems) {
            let chunk = Array(writes[start..<min(start + Self.maxItems, writes.count)])
            outcomes += await self.outcomes(of: chunk, budget: &budget)
        }
        return outcomes
    }

    /// Salesforce refuses a collection as a whole for some faults of a single record. Halving finds it in a few calls; a
    /// refusal means that nothing was written, so that the rest may go again.
    private func outcomes(of writes: [SalesforceWrite], budget: inout Int) async -> [Outcome] {
        budget -= 1
        do throws(CallFailure) {
            let results: [SalesforceResult] = try await api.send(
                method, path, SalesforceCollection(records: writes), effect: effect)
            return read(results, count: writes.count)
        } catch {
            if error.code == "INVALID_FIELD" || error.code == "INVALID_TYPE" { api.schemas.forget() }
            let isAboutARecord = error.kind == .permanent && error.scope == .message
            guard isAboutARecord, writes.count > 1 else { return writes.map { _ in Outcome(outcome: .failed(error)) } }
            // Nobody knows yet whose fault it is: the next collection has fewer of those who are.
            guard budget >= 2 else {
                return writes.map { _ in Outcome(outcome: .failed(SalesforceAdvice.refusedTogether(error.vendorText))) }
            }
            let middle = writes.count / 2
            budget -= 1  // kept for the second half
            let first = await outcomes(of: Array(writes[..<middle]), budget: &budget)
            budget += 1
            return first + (await outcomes(of: Array(writes[middle...]), budget: &budget))
        }
    }

    private func read(_ results: [SalesforceResult], count: Int) -> [Outcome] {
        let failures = SalesforceFailure(secrets: [], effect: effect, place: api.settings.place)
        let unmentioned = SalesforceAdvice.unmentioned(isRepeatable: effect == .repeatable)
        // Another number of answers than of records: nobody can say which is whose.
        guard results.count == count else { return (0..<count).map { _ in Outcome(outcome: .failed(unmentioned)) } }
        return results.map { result in
            if result.success, let id = result.id { return Outcome(outcome: .done(remoteID: id)) }
            guard let error = result.errors?.first else { return Outcome(outcome: .failed(unmentioned)) }
            let duplicates = error.code == "DUPLICATES_DETECTED" ? error.duplicates?.ids ?? [] : []
            return Outcome(outcome: .failed(failures.failure(error)), duplicates: duplicates)
        }
    }

    private var effect: SalesforceFailure.Effect { call == .create ? .once : .repeatable }
    private var method: String { call == .create ? "POST" : "PATCH" }

    private var path: String {
        switch call {
        case .create, .update: "/composite/sobjects"
        case .upsert(let type, let key): "/composite/sobjects/\(type)/\(key)"
        }
    }
}

/// Positions in groups, none of which holds anything twice: a collection may not.
enum Waves {
    /// - Parameter keys: by what each item is known; of two items with a common key the later one comes in a later group.
    static func positions(of keys: [[String]]) -> [[Int]] {
        var waves: [(members: [Int], keys: Set<String>)] = []
        for (index, names) in keys.enumerated() {
            let last = waves.lastIndex { !$0.keys.isDisjoint(with: names) } ?? -1
            if last + 1 == waves.count { waves.append(([], [])) }
            waves[last + 1].members.append(index)
            waves[last + 1].keys.formUnion(names)
        }
        return waves.map(\.members)
    }
}
