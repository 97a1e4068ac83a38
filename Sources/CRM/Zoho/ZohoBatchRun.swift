import Domain

/// Carries out batch writes of any length. Zoho answers for each record, in the order given; a batch that it refuses as
/// a whole for one of them is halved until that one stands alone.
struct ZohoBatchRun {
    static let maxRows = 100
    /// For one call of ours: what a batch full of bad rows may cost.
    private static let maxCalls = 40

    let api: ZohoAPI
    let method: String
    let path: String
    var keys: [String]?
    let effect: ZohoFailure.Effect

    private struct Body: Encodable {
        let data: [ZohoRow]
        let duplicate_check_fields: [String]?
        /// Empty: the organisation's workflows are not run by what we write.
        let trigger: [String]
    }

    /// One outcome for each, in the order given.
    func outcomes(of rows: [ZohoRow]) async -> [ItemOutcome] {
        var budget = Self.maxCalls
        var outcomes: [ItemOutcome] = []
        for start in stride(from: 0, to: rows.count, by: Self.maxRows) {
            outcomes += await self.outcomes(
                of: Array(rows[start..<min(start + Self.maxRows, rows.count)]), budget: &budget)
        }
        return outcomes
    }

    /// A refusal means that nothing was written, so that the rest may go again.
    private func outcomes(of rows: [ZohoRow], budget: inout Int) async -> [ItemOutcome] {
        budget -= 1
        do throws(CallFailure) {
            let body = Body(data: rows, duplicate_check_fields: keys, trigger: [])
            let items = try await api.write(method, path, body, rows: rows.count, effect: effect)
            return outcomes(of: rows, in: items)
        } catch {
            let isAboutARow = error.kind == .permanent && error.scope == .message
            guard isAboutARow, rows.count > 1 else { return rows.map { _ in .failed(error) } }
            // Nobody knows yet whose fault it is: the next batch has fewer of those who are.
            guard budget >= 2 else { return rows.map { _ in .failed(ZohoAdvice.refusedTogether(error.vendorText)) } }
            let middle = rows.count / 2
            budget -= 1  // kept for the second half
            let first = await outcomes(of: Array(rows[..<middle]), budget: &budget)
            budget += 1
            return first + (await outcomes(of: Array(rows[middle...]), budget: &budget))
        }
    }

    func outcomes(of rows: [ZohoRow], in items: [ZohoItem]) -> [ItemOutcome] {
        let unmentioned = ItemOutcome.failed(ZohoAdvice.unmentioned(isRepeatable: effect == .repeatable))
        // Fewer or more than asked for: nobody can tell whose is which.
        guard items.count == rows.count else { return rows.map { _ in unmentioned } }
        let failures = api.failures(effect)
        return zip(rows, items).map { row, item in
            guard item.isSuccess else { return .failed(failures.failure(item)) }
            guard let id = item.details?.id?.text, ZohoConnector.isRecordID(id), Self.isOf(row, id) else {
                return unmentioned
            }
            return .done(remoteID: id)
        }
    }

    /// A record that was named must be the one that was written.
    private static func isOf(_ row: ZohoRow, _ id: String) -> Bool {
        guard case .text(let named)? = row["id"] else { return true }
        return named == id
    }
}
