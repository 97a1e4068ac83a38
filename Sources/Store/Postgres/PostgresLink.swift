internal import CPostgres
internal import Domain

/// One connection to PostgreSQL. Belongs to one thread, which it blocks while the server works.
///
/// Every wait ends: the server ends statements at their time-out, TCP notices a machine that is gone, and beyond both
/// the link gives up by its own clock.
final class PostgresLink {
    let handle: OpaquePointer
    let cancellation: PostgresCancellation.Key
    var statements: [String: PostgresStatement] = [:]
    var statementCount = 0
    var bindings = PostgresBindings()
    /// Whether the transaction under way asked to change nothing.
    var isReading = false
    /// Warnings since they were last taken; a COMMIT's warnings are news.
    private var warnings: [String] = []
    /// Why the connection can no longer be used; nil while it can.
    private(set) var broken: String?
    private let patience: Duration

    /// Opens a connection and prepares it for us.
    /// - Throws: `unavailable` when there is none, `misuse` or `storageFailed` when the server cannot keep our promises.
    init(
        _ parameters: PostgresParameters, _ options: PostgresOptions, _ planning: PostgresPlanning = .byStatistics
    ) throws(SQLError) {
        guard let handle = parameters.open() else { throw .unavailable("no memory for a connection") }
        guard PQstatus(handle) == CONNECTION_OK, let key = PostgresCancellation.Key(handle) else {
            defer { PQfinish(handle) }
            throw .unavailable(Self.message(of: handle))
        }
        self.handle = handle
        self.cancellation = key
        // The server's own limit comes first; this one is for a server that no longer answers.
        self.patience = options.statementTimeout + .seconds(5)
        PQsetnonblocking(handle, 1)
        // The link outlives its handle, which is closed in `deinit`; the server is heard on this thread only.
        PQsetNoticeReceiver(handle, receiveNotice, Unmanaged.passUnretained(self).toOpaque())
        try PostgresSessionCheck(options, planning).run(on: self)
    }

    deinit {
        PQfinish(handle)
    }

    var isInFailedTransaction: Bool { PQtransactionStatus(handle) == PQTRANS_INERROR }
    var isInTransaction: Bool { PQtransactionStatus(handle) != PQTRANS_IDLE }

    /// Runs commands without parameters, such as BEGIN; the tag of the last one, such as "COMMIT".
    @discardableResult
    func command(_ sql: String) throws(SQLError) -> String {
        try send(PQsendQuery(handle, sql))
        return try answer().tag
    }

    /// The warnings since the last call.
    func takeWarnings() -> [String] {
        defer { warnings = [] }
        return warnings
    }

    /// Notes that the connection is of no more use, and makes the error for it.
    func breakOff(_ reason: String) -> SQLError {
        broken = broken ?? reason
        return .unavailable(reason)
    }

    /// When a wait that begins now is given up.
    func deadline() -> ContinuousClock.Instant {
        .now + patience
    }

    // MARK: Talking to the server

    /// - Parameter accepted: what libpq's `PQsend…` function answered.
    func send(_ accepted: Int32) throws(SQLError) {
        guard accepted == 1 else { throw breakOff(Self.message(of: handle)) }
    }

    /// The answer to the one command that was sent.
    func answer() throws(SQLError) -> PostgresAnswer {
        let deadline = deadline()
        var last: PostgresAnswer?
        var failure: PostgresFailure?
        while let result = try nextResult(by: deadline) {
            switch PQresultStatus(result.pointer) {
            case PGRES_COMMAND_OK, PGRES_TUPLES_OK, PGRES_EMPTY_QUERY: last = PostgresAnswer(result)
            default: failure = failure ?? PostgresFailure(result.pointer)
            }
        }
        if let failure { throw error(for: failure) }
        guard let last else { throw breakOff("the server gave no answer") }
        return last
    }

    /// Our error for the server's; a failure that ends the connection breaks the link.
    func error(for failure: PostgresFailure) -> SQLError {
        if failure.isStalePlan { forgetStatements() }
        let isStandBy = failure.isReadOnly && !isReading
        if PQstatus(handle) == CONNECTION_BAD || failure.endsConnection || isStandBy { return breakOff(failure.text) }
        return failure.error
    }

    /// The next part of an answer; nil at its end (libpq's rule for one command).
    func nextResult(by deadline: ContinuousClock.Instant) throws(SQLError) -> PostgresResult? {
        try flush(by: deadline)
        while PQisBusy(handle) == 1 {
            try wait(for: .readable, by: deadline)
            try readAhead()
        }
        return PQgetResult(handle).map { PostgresResult(pointer: $0) }
    }

    /// Takes in what has arrived without being asked for: notifications, or the end of the connection.
    func readAhead() throws(SQLError) {
        guard PQconsumeInput(handle) == 1 else { throw breakOff(Self.message(of: handle)) }
    }

    /// Hands everything to the network, reading meanwhile, so that no two buffers full of data wait for each other.
    private func flush(by deadline: ContinuousClock.Instant) throws(SQLError) {
        while true {
            let left = PQflush(handle)
            if left == 0 { return }
            guard left == 1 else { throw breakOff(Self.message(of: handle)) }
            if try wait(for: [.readable, .writable], by: deadline) != .writable {
                try readAhead()
            }
        }
    }

    @discardableResult
    private func wait(for events: SocketEvents, by deadline: ContinuousClock.Instant) throws(SQLError) -> SocketEvents {
        switch SocketWait.wait(for: events, of: PQsocket(handle), until: deadline) {
        case .ready(let events): return events
        case .timedOut: throw breakOff("the server did not answer within \(patience)")
        }
    }

    fileprivate func receive(warning: String) {
        // Nobody takes more; a loop that raises notices shall not fill memory.
        if warnings.count < 100 { warnings.append(warning) }
    }

    static func message(of handle: OpaquePointer) -> String {
        let lines = String(cString: PQerrorMessage(handle)).split(whereSeparator: \.isNewline)
        return lines.isEmpty ? "the connection failed" : lines.joined(separator: "; ")
    }
}

/// Called by libpq on the link's thread, in place of printing to standard error.
private func receiveNotice(_ link: UnsafeMutableRawPointer?, _ notice: OpaquePointer?) {
    guard let link, let notice else { return }
    let severity = PQresultErrorField(notice, Int32(("V" as Unicode.Scalar).value)).map { String(cString: $0) }
    guard severity == "WARNING" else { return }
    let text = PostgresFailure(notice).text
    Unmanaged<PostgresLink>.fromOpaque(link).takeUnretainedValue().receive(warning: text)
}
