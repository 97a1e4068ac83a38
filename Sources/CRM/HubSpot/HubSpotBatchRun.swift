import Domain

/// Carries out batch writes of any length, and sees to it that one bad item never stops its neighbours.
struct HubSpotBatchRun {
    private static let maxItems = 100
    /// For one call of ours: what a batch full of bad items may cost.
    private static let maxCalls = 40

    let api: HubSpotAPI
    /// `…/batch/create`, `…/batch/update` or `…/batch/upsert`.
    let path: String
    let effect: HubSpotFailure.Effect

    /// One outcome for each, in the order given.
    func outcomes(of writes: [HubSpotWrite]) async -> [ItemOutcome] {
        var budget = Self.maxCalls
        var outcomes: [ItemOutcome] = []
        for start in stride(from: 0, to: writes.count, by: Self.maxItems) {
            let chunk = writes[start..<min(start + Self.maxItems, writes.count)]
            outcomes += await self.outcomes(of: chunk.map(HubSpotBatchItem.init), budget: &budget)
        }
        return outcomes
    }

    /// HubSpot refuses a batch as a whole for some faults of a single item. Halving finds it in a few calls; a refusal
    /// means that nothing was written, so that the rest may go again.
    private func outcomes(of items: [HubSpotBatchItem], budget: inout Int) async -> [ItemOutcome] {
        budget -= 1
        do throws(CallFailure) {
            let answer: HubSpotBatchAnswer = try await api.post(
                path, HubSpotBatch(inputs: items.map(\.write)), effect: effect)
            return HubSpotBatchMatcher(failures: api.failures(effect)).outcomes(of: items, in: answer)
        } catch {
            let isAboutAnItem = error.kind == .permanent && error.scope == .message
            guard isAboutAnItem, items.count > 1 else { return items.map { _ in .failed(error) } }
            // Nobody knows yet whose fault it is: the next batch has fewer of those who are.
            guard budget >= 2 else {
                return items.map { _ in .failed(HubSpotAdvice.refusedTogether(error.vendorText)) }
            }
            let middle = items.count / 2
            budget -= 1  // kept for the second half
            let first = await outcomes(of: Array(items[..<middle]), budget: &budget)
            budget += 1
            return first + (await outcomes(of: Array(items[middle...]), budget: &budget))
        }
    }
}
