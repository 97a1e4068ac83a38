/// Where PostgreSQL is and how patient we are with it.
package struct PostgresOptions: Sendable {
    /// `postgresql://user@host/database?…`, or libpq's `key=value` form. What it says of time-outs goes before the
    /// values below. Several hosts may be named; the one that takes writes is used.
    package var url: String
    /// Apart from the address, so that the address may be shown.
    package var password: String?

    /// Connections of each kind; each has a thread of its own.
    package var intakeConnections = 2
    package var workConnections = 6
    package var consoleConnections = 4

    package var connectTimeout: Duration = .seconds(3)
    /// Sent data that nobody acknowledges for this long ends the connection: the other machine is gone.
    package var tcpUserTimeout: Duration = .seconds(3)
    package var statementTimeout: Duration = .seconds(30)
    package var lockTimeout: Duration = .seconds(5)
    /// Our closures never wait inside a transaction; one that seems to belongs to a process that hangs, and holds locks
    /// which others need to take its lanes over. Shorter than a lease.
    package var idleTimeout: Duration = .seconds(2)
    /// How often a transaction runs at most when it loses against another one, or its connection breaks before COMMIT.
    package var attempts = 5

    package init(url: String, password: String? = nil) {
        self.url = url
        self.password = password
    }

    func connections(of pool: SQLPool) -> Int {
        switch pool {
        case .intake: max(1, intakeConnections)
        case .work: max(1, workConnections)
        case .console: max(1, consoleConnections)
        }
    }
}
