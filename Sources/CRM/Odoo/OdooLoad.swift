import Domain
import OutboundHTTP

/// One row for `load`: a partner by its external id (then it is found or made) or by its number (then it is updated).
struct OdooRow: Equatable {
    enum Key: Equatable {
        case externalID(String)
        case id(Int64)

        var column: String {
            switch self {
            case .externalID: "id"
            case .id: ".id"
            }
        }

        var text: String {
            switch self {
            case .externalID(let name): name
            case .id(let id): String(id)
            }
        }
    }

    let key: Key
    /// By columns. An empty text empties the field.
    let values: [String: String]

    var columns: [String] { [key.column] + values.keys.sorted() }
    var cells: [OdooValue] { ([key.text] + values.sorted { $0.key < $1.key }.map(\.value)).map { .text($0) } }
}

/// Writes many partners with one call, each with values of its own, and sees to it that one bad row never sinks the
/// others.
///
/// `load` undoes everything for one bad row and says which it was; where it fails as a whole, halving finds the bad
/// one. Source: Odoo, `BaseModel.load`.
struct OdooLoad {
    /// For one call of ours: what a batch full of bad rows may cost.
    private static let maxCalls = 40

    private struct Answer: Decodable {
        struct Message: Decodable {
            struct Rows: Decodable { let from: Int }
            let type: String?
            let message: String?
            let rows: Rows?
            let record: Int?
            let field: OdooValue?

            var row: Int? { rows?.from ?? record }
            var isUnknownID: Bool { field?.text == ".id" }
        }

        /// The ids in the order of the rows; false when there was a bad one.
        let ids: OdooValue
        let messages: [Message]?
    }

    let api: OdooAPI

    /// One outcome for each, in the order given.
    func outcomes(of rows: [OdooRow]) async -> [ItemOutcome] {
        var outcomes = [ItemOutcome](repeating: .failed(OdooAdvice.notTried), count: rows.count)
        var budget = Self.maxCalls
        // A call has one set of columns: an empty cell would empty the field.
        let groups = Dictionary(grouping: rows.indices) { rows[$0].columns }
        for (_, indices) in groups.sorted(by: { ($0.value.first ?? 0) < ($1.value.first ?? 0) }) {
            for (index, outcome) in zip(indices, await self.outcomes(of: indices.map { rows[$0] }, budget: &budget)) {
                outcomes[index] = outcome
            }
        }
        return outcomes
    }

    private func outcomes(of rows: [OdooRow], budget: inout Int) async -> [ItemOutcome] {
        guard let first = rows.first else { return [] }
        budget -= 1
        do throws(CallFailure) {
            let answer: Answer = try await api.call(Self.call(first.columns, rows))
            if let ids = answer.ids.list?.compactMap(\.integer), ids.count == rows.count {
                return ids.map { .done(remoteID: String($0)) }
            }
            let failures = Self.failures(answer.messages ?? [], count: rows.count)
            if failures.isEmpty { throw OdooAdvice.rejected("load", answer.messages?.first?.message ?? "") }
            return await withoutBad(failures, rows, budget: &budget)
        } catch {
            let error = missingColumn(error, first.columns) ?? error
            guard error.scope == .message, rows.count > 1 else { return rows.map { _ in .failed(error) } }
            // Nobody knows yet whose fault it is: the next call has fewer of those who are.
            guard budget >= 2 else { return rows.map { _ in .failed(OdooAdvice.refusedTogether(error.vendorText)) } }
            let middle = rows.count / 2
            budget -= 1  // kept for the second half
            let firstHalf = await outcomes(of: Array(rows[..<middle]), budget: &budget)
            budget += 1
            return firstHalf + (await outcomes(of: Array(rows[middle...]), budget: &budget))
        }
    }

    /// Odoo 16 stumbles over a column that is not there, and says but its name, in quotes.
    private func missingColumn(_ error: CallFailure, _ columns: [String]) -> CallFailure? {
        let names = columns.dropFirst().compactMap { $0.split(separator: "/").first }
        guard error.code == "builtins.KeyError", names.contains(where: { error.vendorText == "'\($0)'" }) else {
            return nil
        }
        api.memory.learn { $0.partnerBook = nil }
        return OdooFailure(secrets: api.secrets, effect: .batch).fieldGone(error.vendorText)
    }

    /// The others go again, without those that Odoo named.
    private func withoutBad(
        _ failures: [Int: CallFailure], _ rows: [OdooRow], budget: inout Int
    ) async -> [ItemOutcome] {
        let good = rows.indices.filter { failures[$0] == nil }
        let rest =
            budget > 0
            ? await outcomes(of: good.map { rows[$0] }, budget: &budget)
            : good.map { _ in ItemOutcome.failed(OdooAdvice.notTried) }
        var outcomes = rows.indices.map { index in
            failures[index].map { ItemOutcome.failed($0) } ?? .failed(OdooAdvice.notTried)
        }
        for (index, outcome) in zip(good, rest) { outcomes[index] = outcome }
        return outcomes
    }

    /// Of several messages about a row the first counts, and most of all that there is no such record: Odoo then tries
    /// to make one of the row, which lacks a name.
    private static func failures(_ messages: [Answer.Message], count: Int) -> [Int: CallFailure] {
        var failures: [Int: CallFailure] = [:]
        for message in withoutScapegoat(messages.filter { $0.type != "warning" }) {
            guard let row = message.row, (0..<count).contains(row) else { continue }
            guard failures[row] == nil || message.isUnknownID else { continue }
            failures[row] = OdooFailure.ofRow(Redaction.text(message.message ?? ""), field: message.field?.text)
        }
        return failures
    }

    /// What all rows together ran into, Odoo puts first and blames on the first row, whichever it was. Where another row
    /// is named, too, the first one goes again: if it is bad, it will be named then.
    private static func withoutScapegoat(_ messages: [Answer.Message]) -> [Answer.Message] {
        guard let first = messages.first, first.field?.text == nil, let row = first.row,
            messages.contains(where: { $0.row != row && $0.row != nil }),
            !messages.dropFirst().contains(where: { $0.row == row })
        else { return messages }
        return Array(messages.dropFirst())
    }

    private static func call(_ columns: [String], _ rows: [OdooRow]) -> OdooCall {
        OdooCall(
            model: "res.partner", method: "load",
            inOrder: [("fields", .texts(columns)), ("data", .list(rows.map { .list($0.cells) }))],
            context: [
                "tracking_disable": true, "mail_create_nosubscribe": true, "mail_create_nolog": true,
                // Archived records are known, too. Times are read in the user's zone unless another is named, which new
                // partners would then have as their own.
                "active_test": false, "tz": "UTC", "default_tz": false,
            ], effect: .batch)
    }
}
