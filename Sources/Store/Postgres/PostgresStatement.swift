/// A statement as one connection knows it: its parameters, their types as far as they have been seen, and what was
/// prepared for them on the server.
///
/// Types are sent with the statement, from the kind of each value, because PostgreSQL would guess otherwise:
/// `:now - 1000` would be an `integer` subtraction, and `:after IS NULL` has no type at all. For a parameter that has
/// only been NULL so far the word NULL is put in its place; as soon as it has had a value, its type is known and one
/// prepared statement serves both.
final class PostgresStatement {
    let parameters: NamedParameters
    /// Whether it is worth preparing: DDL and commands are sent as they are.
    let isPreparable: Bool
    private let multiRow: MultiRowInsert?
    private var types: [PostgresType?]
    private var variants: [Shape: Variant] = [:]

    private struct Shape: Hashable {
        let rows: Int
        /// Nil where the word NULL stands in the text.
        let types: [PostgresType?]
    }

    /// One text on the server, for one choice of types and one number of rows.
    final class Variant {
        /// Empty for a statement that is not prepared.
        let name: String
        let sql: String
        /// Of one row; nil where the word NULL stands in the text.
        let types: [PostgresType?]
        /// How many rows one execution takes.
        let rows: Int
        var isPrepared = false
        var columns: [String]?

        init(name: String, sql: String, types: [PostgresType?], rows: Int) {
            self.name = name
            self.sql = sql
            self.types = types
            self.rows = rows
        }
    }

    init(_ sql: String) {
        parameters = NamedParameters(sql)
        types = Array(repeating: nil, count: parameters.names.count)
        isPreparable = Self.isPreparable(sql)
        multiRow = MultiRowInsert(sql)
    }

    var takesManyRows: Bool { multiRow != nil }

    /// The types that fit these values, which stand in the order of the parameters' names.
    func types(for values: [SQLValue]) -> [PostgresType?] {
        var wanted = types
        for (index, value) in values.enumerated() {
            guard let type = PostgresType(of: value), !Self.carries(wanted[index], type) else { continue }
            wanted[index] = type
            // A later value of another kind gets a variant of its own and changes nothing for the others.
            types[index] = types[index] ?? type
        }
        return wanted
    }

    /// The types that fit all rows, so that they can go together; nil when no one choice does.
    func types(forAll rows: [[SQLValue]]) -> [PostgresType?]? {
        var wanted = types
        for row in rows {
            for (index, value) in row.enumerated() {
                guard let type = PostgresType(of: value), !Self.carries(wanted[index], type) else { continue }
                if wanted[index] != nil { return nil }
                wanted[index] = type
            }
        }
        types = wanted
        return wanted
    }

    /// - Parameters:
    ///   - rows: more than one only where ``takesManyRows``.
    ///   - makeName: a name that this connection has not used yet.
    func variant(of types: [PostgresType?], rows: Int = 1, makeName: () -> String) -> Variant {
        let shape = Shape(rows: rows, types: types)
        if let variant = variants[shape] { return variant }
        let nulls = Set(types.indices.filter { types[$0] == nil })
        let sql = rows > 1 ? multiRow?.numbered(rows: rows, nulls: nulls) : nil
        let variant = Variant(
            name: isPreparable ? makeName() : "", sql: sql ?? parameters.numbered(nulls: nulls), types: types,
            rows: rows)
        variants[shape] = variant
        return variant
    }

    /// Whether a value of kind `type` can be sent as `declared`.
    private static func carries(_ declared: PostgresType?, _ type: PostgresType) -> Bool {
        declared == type || (declared == .float8 && type == .int8)
    }

    private static func isPreparable(_ sql: String) -> Bool {
        var scanner = SQLScanner(sql)
        guard case .word(let range) = scanner.next() else { return false }
        return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES"].contains(scanner.text(range).uppercased())
    }
}
