/// A query of one type: `SELECT fields FROM type WHERE … ORDER BY … LIMIT …`.
struct SOQLQuery: Sendable {
    struct Order: Sendable {
        let field: Int
        let isDescending: Bool
    }

    let object: Int
    /// Nil: only the number is wanted (`SELECT COUNT()`).
    let fields: [Int]?
    let condition: SOQLCondition?
    let order: [Order]
    let limit: Int?
    let offset: Int

    init(_ text: String, in state: SalesforceState) throws(SalesforceError) {
        guard text.utf8.count <= 100_000 else { throw .bad("QUERY_TOO_COMPLICATED", "SOQL statements end at 100,000") }
        var parser = SOQLParser(tokens: try SOQLLexer.tokens(text))
        self = try parser.query(in: state)
    }

    init(
        object: Int, fields: [Int]?, condition: SOQLCondition?, order: [Order], limit: Int?, offset: Int
    ) {
        self.object = object
        self.fields = fields
        self.condition = condition
        self.order = order
        self.limit = limit
        self.offset = offset
    }

    /// The numbers of the records, in order.
    /// - Parameter includesDeleted: as `queryAll` does.
    func numbers(in state: SalesforceState, includesDeleted: Bool) -> [Int] {
        let table = state[object].table
        let candidates = condition?.candidates(object, in: state).map { $0.sorted() } ?? Array(table.records.numbers)
        var records = candidates.compactMap { table[$0] }.filter { record in
            (includesDeleted || !record.isDeleted) && (condition?.matches(record, object, in: state) ?? true)
        }
        if !order.isEmpty { records = sorted(records, in: state) }
        return records.dropFirst(offset).prefix(limit ?? .max).map(\.number)
    }

    private func sorted(_ records: [SObjectRecord], in state: SalesforceState) -> [SObjectRecord] {
        let keyed = records.map { record in
            (record: record, keys: order.map { SOQLValue(record, $0.field, object, in: state) })
        }
        return keyed.sorted { first, second in
            for (index, part) in order.enumerated() {
                let (one, two) = (first.keys[index], second.keys[index])
                if one == two { continue }
                // Empty ones come first, going up.
                let isBefore = one == .null || (two != .null && (one.compared(to: two) ?? 0) < 0)
                return isBefore != part.isDescending
            }
            return first.record.number < second.record.number
        }.map(\.record)
    }
}
