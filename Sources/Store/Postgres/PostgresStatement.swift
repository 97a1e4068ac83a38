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
    private var types: [PostgresType?]
    private var variants: [[PostgresType?]: Variant] = [:]

    /// One text on the server, for one choice of types.
    final class Variant {
        /// Empty for a statement that is not prepared.
        let name: String
        let sql: String
        /// Nil where the word NULL stands in the text.
        let types: [PostgresType?]
        var isPrepared = false
        var columns: [String]?

        init(name: String, sql: String, types: [PostgresType?]) {
            self.name = name
            self.sql = sql
            self.types = types
        }
    }

    init(_ sql: String) {
        parameters = NamedParameters(sql)
        types = Array(repeating: nil, count: parameters.names.count)
        isPreparable = Self.isPreparable(sql)
    }

    /// The variant that fits these values, which stand in the order of the parameters' names.
    /// - Parameter makeName: a name that this connection has not used yet.
    func variant(for values: [SQLValue], makeName: () -> String) -> Variant {
        var wanted = types
        for (index, value) in values.enumerated() {
            guard let type = PostgresType(of: value), !Self.carries(wanted[index], type) else { continue }
            wanted[index] = type
            // A later value of another kind gets a variant of its own and changes nothing for the others.
            types[index] = types[index] ?? type
        }
        return variant(of: wanted, makeName)
    }

    /// The variant that fits all rows, so that they can go in one pipeline; nil when no one choice of types does.
    func variant(forAll rows: [[SQLValue]], makeName: () -> String) -> Variant? {
        var wanted = types
        for row in rows {
            for (index, value) in row.enumerated() {
                guard let type = PostgresType(of: value), !Self.carries(wanted[index], type) else { continue }
                if wanted[index] != nil { return nil }
                wanted[index] = type
            }
        }
        types = wanted
        return variant(of: wanted, makeName)
    }

    private func variant(of types: [PostgresType?], _ makeName: () -> String) -> Variant {
        if let variant = variants[types] { return variant }
        let nulls = Set(types.indices.filter { types[$0] == nil })
        let variant = Variant(
            name: isPreparable ? makeName() : "", sql: parameters.numbered(nulls: nulls), types: types)
        variants[types] = variant
        return variant
    }

    /// Whether a value of kind `type` can be sent as `declared`.
    private static func carries(_ declared: PostgresType?, _ type: PostgresType) -> Bool {
        declared == type || (declared == .float8 && type == .int8)
    }

    private static func isPreparable(_ sql: String) -> Bool {
        let word = sql.drop { $0.isWhitespace }.prefix { $0.isLetter }.uppercased()
        return ["SELECT", "INSERT", "UPDATE", "DELETE", "WITH", "VALUES"].contains(word)
    }
}
