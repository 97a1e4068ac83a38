/// A list for `IN (…)`. Padded to a power of two with repeats of its last value, so that lists of all lengths share a
/// few statements, which the engines keep prepared.
struct SQLValueList {
    private let name: String
    private let values: [SQLValue]

    /// - Parameter values: not empty.
    init<Value: SQLConvertible>(_ name: String, _ values: some Sequence<Value>) {
        self.name = name
        self.values = Self.padded(values.map(\.sqlValue))
    }

    /// `(:name0, :name1, …)`
    var sql: String {
        "(" + values.indices.map { ":\(name)\($0)" }.joined(separator: ", ") + ")"
    }

    /// Its values beside those of the rest of the statement.
    func arguments(_ others: SQLArguments) -> SQLArguments {
        SQLArguments(others.pairs + values.enumerated().map { ("\(name)\($0.offset)", $0.element) })
    }

    private static func padded(_ values: [SQLValue]) -> [SQLValue] {
        guard let last = values.last else { return [.null] }
        var size = 1
        while size < values.count { size *= 2 }
        return values + Array(repeating: last, count: size - values.count)
    }
}
