/// An open transaction on PostgreSQL.
final class PostgresConnection: SQLConnection {
    private let link: PostgresLink
    private var isOver = false
    /// The first failure: PostgreSQL takes no more statements after it, so the transaction can only end with it.
    private(set) var failure: SQLError?

    init(_ link: PostgresLink) {
        self.link = link
    }

    var dialect: SQLDialect { .postgres }

    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int {
        try noting { () throws(SQLError) in try link.run(sql, arguments).0.affectedRows }
    }

    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int {
        try noting { () throws(SQLError) in try link.runMany(sql, rows) }
    }

    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow] {
        try noting { () throws(SQLError) in try link.rows(sql, arguments) }
    }

    /// The transaction has ended; whoever kept this connection gets errors.
    func close() {
        isOver = true
    }

    private func noting<Value>(_ body: () throws(SQLError) -> Value) throws(SQLError) -> Value {
        if isOver { throw .misuse("a connection was used after its transaction") }
        if let failure { throw failure }
        do {
            return try body()
        } catch {
            failure = error
            throw error
        }
    }
}
