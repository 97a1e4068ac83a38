/// A database of either engine.
///
/// A transaction is a *synchronous* closure that runs on a thread of the connection's own, never on the cooperative
/// pool. It may run again (a serialisation failure, a deadlock), so it has no effect outside the database and captures
/// nothing it changes. It never waits for the network.
package protocol SQLDatabase: Sendable {
    var dialect: SQLDialect { get }
    /// How many connections broke since the start. With one of them the server may have ended, and with it what was
    /// committed `inOrder` and not yet on the disk: whoever did that looks again when this has changed.
    var breaks: Int { get }

    /// Runs the closure in one read-write transaction and returns when it is committed, as durably as is asked for.
    /// On a `conflict` the closure runs again, a few times, before the error is thrown.
    /// A task's cancellation does not reach a write: it ends with the commit or an error of the database.
    @discardableResult
    func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value

    /// Runs the closure in one read-only transaction: everything in it sees one state.
    func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value

    /// Leaves nothing in a log of the engine's own of what was overwritten; where there is none, or the engine keeps one for
    /// its own ends, this does nothing. Waits for readers, some seconds at most.
    func emptyLog() async throws

    /// Ends all connections; transactions under way finish first.
    func close() async
}

extension SQLDatabase {
    package func emptyLog() async throws {}
}

/// When a committed transaction is over for whoever waits for it.
package enum SQLDurability: Sendable {
    /// It survives a power loss, and with it everything committed before.
    case onDisk
    /// It is committed: it survives the end of this process, and is on the disk before any later transaction is that was
    /// waited for. Enough for what leads to nothing outside the database but through such a later one. It may be lost with
    /// the database's server, see ``SQLDatabase/breaks``.
    case inOrder
}

/// Which of PostgreSQL's connections a transaction takes, so that a slow page never delays an acknowledgement.
/// SQLite has one writer: there the intake log goes first.
package enum SQLPool: Sendable, CaseIterable {
    /// The intake log: one short transaction after the other.
    case intake
    /// Facts, claims and outcomes.
    case work
    /// Pages, reports and the API.
    case console
}

/// The open transaction. Valid only inside the closure that received it.
///
/// After a statement that failed it takes no more: each further one throws the same error, and the transaction is rolled
/// back, also when the closure caught the error. What may go wrong without harm is asked for first, or written with
/// `ON CONFLICT DO NOTHING`. (PostgreSQL knows no other way but savepoints, which cost a round trip each.)
package protocol SQLConnection {
    var dialect: SQLDialect { get }

    /// Runs a statement with `:name` parameters; the number of rows it changed.
    @discardableResult
    func execute(_ sql: String, _ arguments: SQLArguments) throws -> Int

    /// Runs the statement once for each element of `rows`; the number of rows changed in all.
    @discardableResult
    func executeMany(_ sql: String, _ rows: [SQLArguments]) throws -> Int

    /// All rows of the answer of a SELECT or a … RETURNING.
    func rows(_ sql: String, _ arguments: SQLArguments) throws -> [SQLRow]
}

extension SQLDatabase {
    @discardableResult
    package func write<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await write(on: pool, .onDisk, body)
    }

    @discardableResult
    package func write<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await write(on: .work, body)
    }

    package func read<Value: Sendable>(
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        try await read(on: .console, body)
    }
}

extension SQLConnection {
    @discardableResult
    package func execute(_ sql: String) throws -> Int {
        try execute(sql, [:])
    }

    package func row(_ sql: String, _ arguments: SQLArguments = [:]) throws -> SQLRow? {
        try rows(sql, arguments).first
    }

    /// The first column of the first row.
    package func value<Value: SQLConvertible>(
        _ sql: String, _ arguments: SQLArguments = [:], as _: Value.Type = Value.self
    ) throws -> Value? {
        guard let row = try row(sql, arguments), let column = row.columns.first else { return nil }
        return try row.get(column, as: Value.self)
    }
}
