/// What a thread of a pool has: a connection that is opened when it is needed and replaced when it broke.
final class PostgresSession {
    private let parameters: PostgresParameters
    private let options: PostgresOptions
    private let planning: PostgresPlanning
    private let gate: PostgresGate
    private var link: PostgresLink?

    init(
        _ parameters: PostgresParameters, _ options: PostgresOptions, _ planning: PostgresPlanning, _ gate: PostgresGate
    ) {
        self.parameters = parameters
        self.options = options
        self.planning = planning
        self.gate = gate
    }

    /// Runs one transaction, again and again while it loses against others, or while the connection breaks before
    /// anything was committed and another can be had.
    func transaction<Value>(
        _ kind: PostgresTransaction.Kind, _ cancellation: PostgresCancellation? = nil,
        _ body: (any SQLConnection) throws -> Value
    ) throws -> Value {
        var attempt = 1
        while true {
            do {
                return try once(kind, cancellation, body)
            } catch let error as SQLError where permitsRepetition(error) && attempt < options.attempts {
                attempt += 1
                pause(before: attempt)
            }
        }
    }

    private func once<Value>(
        _ kind: PostgresTransaction.Kind, _ cancellation: PostgresCancellation?,
        _ body: (any SQLConnection) throws -> Value
    ) throws -> Value {
        let link = try connectedLink()
        if let cancellation, !cancellation.begin(link.cancellation) { throw CancellationError() }
        defer { if link.broken != nil { giveUp() } }
        let result = Result { try PostgresTransaction(link, kind).run(body) }
        // Whatever the statement answered, the person who asked has gone.
        if let cancellation, cancellation.end(), kind == .read { throw CancellationError() }
        return try result.get()
    }

    /// The connection, opened anew when there is none.
    func connectedLink() throws(SQLError) -> PostgresLink {
        if let link { return link }
        try gate.pass()
        do {
            let opened = try PostgresLink(parameters, options, planning)
            gate.connected()
            link = opened
            return opened
        } catch {
            gate.failed(error)
            throw error
        }
    }

    private func giveUp() {
        link = nil
        gate.broke()
    }

    /// Nothing of the transaction was kept, and another attempt may fare better.
    private func permitsRepetition(_ error: SQLError) -> Bool {
        switch error {
        case .conflict: true
        // The connection broke. Where another cannot be had either, the caller knows better how long to wait.
        case .unavailable: gate.failure == nil
        default: false
        }
    }

    /// Those that lost together shall not meet again together.
    private func pause(before attempt: Int) {
        SocketWait.pause(milliseconds: Int.random(in: 1...min(10 << attempt, 500)))
    }
}

extension SQLError {
    /// What happened, for a log.
    var sentence: String {
        switch self {
        case .uniqueViolation(let text), .constraint(let text), .conflict(let text), .unavailable(let text),
            .commitUnknown(let text), .full(let text), .storageFailed(let text), .timedOut(let text),
            .misuse(let text), .decoding(let text):
            text
        }
    }
}
