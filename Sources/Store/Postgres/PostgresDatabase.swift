package import Logging

/// The engine for several machines: PostgreSQL 15 or newer, through libpq.
///
/// Nothing is connected before it is needed. While the server is away transactions fail at once with `unavailable`,
/// and connections come back by themselves; ``outage`` says whether that is so.
package final class PostgresDatabase: SQLDatabase {
    package let dialect = SQLDialect.postgres
    package let options: PostgresOptions
    private let parameters: PostgresParameters
    private let gate: PostgresGate
    private let intake: PostgresPool
    private let work: PostgresPool
    private let console: PostgresPool

    /// - Throws: `SQLError.misuse` when the address cannot be read.
    package init(_ options: PostgresOptions, log: Logger) throws {
        let parameters = try PostgresParameters(options)
        let gate = PostgresGate(log: log)
        func pool(_ pool: SQLPool) -> PostgresPool {
            PostgresPool(count: options.connections(of: pool)) {
                PostgresSession(parameters, options, PostgresPlanning(pool), gate)
            }
        }
        self.options = options
        self.parameters = parameters
        self.gate = gate
        intake = pool(.intake)
        work = pool(.work)
        console = pool(.console)
    }

    /// Why the database cannot be reached at present; nil when the last attempt succeeded. Without secrets.
    package var outage: String? { gate.failure?.sentence }

    package var breaks: Int { gate.breaks }

    package func write<Value: Sendable>(
        on pool: SQLPool, _ durability: SQLDurability,
        _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        // No cancellation: a fact is written or it is not.
        try await onThread(of: pool) { session in try session.transaction(.write(durability), nil, body) }
    }

    package func read<Value: Sendable>(
        on pool: SQLPool, _ body: @escaping @Sendable (any SQLConnection) throws -> Value
    ) async throws -> Value {
        let cancellation = PostgresCancellation()
        return try await withTaskCancellationHandler {
            try await onThread(of: pool) { session in try session.transaction(.read, cancellation, body) }
        } onCancel: {
            cancellation.cancel()
        }
    }

    /// Runs commands outside any transaction, on a connection of their own and for as long as they take: what is built
    /// beside those who write.
    func maintain<Value: Sendable>(
        _ body: @escaping @Sendable (PostgresLink) throws -> Value
    ) async throws -> Value {
        var patient = options
        patient.statementTimeout = .seconds(86_400)
        patient.lockTimeout = .seconds(86_400)
        return try await withCheckedThrowingContinuation { continuation in
            OwnThread.start { [patient] in
                continuation.resume(
                    with: Result { try body(PostgresLink(PostgresParameters(patient), patient)) })
            }
        }
    }

    package func close() async {
        await intake.close()
        await work.close()
        await console.close()
    }

    private func onThread<Value: Sendable>(
        of pool: SQLPool, _ body: @escaping @Sendable (PostgresSession) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            let isTaken = self.pool(pool).submit { session in
                continuation.resume(with: Result { try body(session) })
            }
            if !isTaken { continuation.resume(throwing: SQLError.unavailable("the database is closed")) }
        }
    }

    private func pool(_ pool: SQLPool) -> PostgresPool {
        switch pool {
        case .intake: intake
        case .work: work
        case .console: console
        }
    }
}
