/// One row of an answer.
package struct SQLRow: Sendable {
    package let columns: [String]
    package let values: [SQLValue]

    package init(columns: [String], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// - Throws: `SQLError.decoding` when there is no such column or it holds another kind of value.
    package func get<Value: SQLConvertible>(_ column: String, as _: Value.Type = Value.self) throws(SQLError) -> Value {
        guard let index = columns.firstIndex(of: column) else {
            throw .decoding("no column \(column) among \(columns.joined(separator: ", "))")
        }
        guard let value = Value.from(values[index]) else {
            throw .decoding("column \(column) does not hold a \(Value.self)")
        }
        return value
    }
}
