/// One transaction on one connection, from BEGIN to a COMMIT whose answer is known.
struct PostgresTransaction {
    enum Kind: Equatable {
        case write(SQLDurability)
        /// Everything in it sees one state, and nothing can be changed.
        case read

        var begin: String {
            switch self {
            case .write(.onDisk): "BEGIN ISOLATION LEVEL READ COMMITTED"
            // The next commit that waits for the disk takes this one along: the server's log has one order.
            case .write(.inOrder): "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL synchronous_commit TO off"
            case .read: "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY"
            }
        }
    }

    private let link: PostgresLink
    private let kind: Kind

    init(_ link: PostgresLink, _ kind: Kind) {
        self.link = link
        self.kind = kind
    }

    func run<Value>(_ body: (any SQLConnection) throws -> Value) throws -> Value {
        link.isReading = kind == .read
        try link.command(kind.begin)
        let connection = PostgresConnection(link)
        defer { connection.close() }
        do {
            let value = try body(connection)
            // A failed statement ends the transaction also when the closure made light of it.
            if let failure = connection.failure { throw failure }
            try commit()
            return value
        } catch {
            rollBack()
            throw error
        }
    }

    private func commit() throws(SQLError) {
        _ = link.takeWarnings()
        let tag: String
        do {
            tag = try link.command("COMMIT")
        } catch .unavailable(let reason) where kind != .read {
            throw .commitUnknown(reason)
        } catch .timedOut(let reason) where kind != .read {
            throw .commitUnknown(reason)
        }
        guard tag == "COMMIT" else { throw .misuse("a transaction that had failed was to be committed") }
        // "Cancelled while waiting for the stand-by": it is on this machine's disk and perhaps on no other.
        if kind != .read, let warning = link.takeWarnings().first { throw .commitUnknown(warning) }
    }

    private func rollBack() {
        guard link.broken == nil, link.isInTransaction else { return }
        do throws(SQLError) {
            try link.command("ROLLBACK")
        } catch {
            // The server rolls back what a connection leaves behind.
            _ = link.breakOff(error.sentence)
        }
    }
}
